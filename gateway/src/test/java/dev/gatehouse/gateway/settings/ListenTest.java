package dev.gatehouse.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenTest {

    private static final String PEM = "-----BEGIN SOMETHING-----\nAAAA\n-----END SOMETHING-----\n";
    private static final String HERE = "postgres: { addr: \"127.0.0.1:0\" }";

    @TempDir
    Path folder;

    private Fixture listening(String written) {
        return Fixture.shop(folder)
                .replaceFirst("gatehouse.yaml", HERE, written)
                .write("tls.crt", PEM)
                .secret("tls.key", PEM);
    }

    @ParameterizedTest
    @CsvSource({"require, REQUIRE", "allow, ALLOW"})
    void otherMachinesMayConnectUnderTls(String word, Settings.ClientMode mode) {
        Loaded loaded = listening("postgres: { addr: \"0.0.0.0:6432\" }\n"
                        + "  tls: { cert: tls.crt, key: \"${file:tls.key}\", client_mode: " + word + " }")
                .load();

        assertThat(loaded.problems()).isEmpty();
        Settings.ListenTls tls =
                loaded.configuration().orElseThrow().settings().listen().tls().orElseThrow();
        assertThat(tls.mode()).isEqualTo(mode);
        assertThat(tls.certificates()).isEqualTo(PEM);
        assertThat(tls.key().reveal()).isEqualTo(PEM.strip());
    }

    @Test
    void aKeyMayBeNamedByItsPath() {
        Loaded loaded =
                listening(HERE + "\n  tls: { cert: tls.crt, key: tls.key }").load();

        assertThat(loaded.problems()).isEmpty();
        Settings.Listen listen = loaded.configuration().orElseThrow().settings().listen();
        assertThat(listen.tls().orElseThrow().mode()).isEqualTo(Settings.ClientMode.REQUIRE);
    }

    @Test
    void aKeyOthersMayReadIsRefusedHoweverItIsNamed() {
        for (String key : new String[] {"tls.key", "\"${file:tls.key}\""}) {
            Loaded loaded = listening(HERE + "\n  tls: { cert: tls.crt, key: " + key + " }")
                    .mode("tls.key", "rw-r-----")
                    .load();

            assertThat(loaded.problems())
                    .extracting(p -> p.code().text() + " " + p.line() + " " + p.message())
                    .containsExactly(
                            "E211 8 " + folder.resolve("tls.key") + " may be read by others (mode 0640); chmod 600 it");
        }
    }

    @Test
    void whatIsNotInPemFormIsRefused() {
        Loaded loaded = listening(HERE + "\n  tls: { cert: tls.crt, key: tls.key }")
                .secret("tls.key", "nonsense")
                .write("tls.crt", "nonsense")
                .load();

        assertThat(loaded.problems())
                .extracting(Problem::message)
                .containsExactly(
                        "\"listen.tls.cert\" leads to something that is not in PEM form",
                        "\"listen.tls.key\" leads to something that is not in PEM form");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:6432", "[::]:6432", "db.shop.test:6432", "10.0.0.1:0"})
    void inClearOnlyThisMachineMayConnect(String address) {
        String postgres = "postgres: { addr: \"" + address + "\" }";
        for (String tls : new String[] {"", "\n  tls: { client_mode: off }"}) {
            assertThat(listening(postgres + tls).load().problems())
                    .extracting(p -> p.code().text() + " " + p.line() + ":" + p.column())
                    .containsExactly("E218 7:21");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:0", "[::1]:6432", "localhost:6432"})
    void thisMachineMayConnectInClear(String address) {
        Loaded loaded = listening("postgres: { addr: \"" + address + "\" }\n  tls: { client_mode: off }")
                .load();

        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.configuration().orElseThrow().settings().listen().tls())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"6432", ":6432", "host:", "host:70000", "::1:6432", "host:-1"})
    void whatIsNotAnAddressIsRefused(String address) {
        assertThat(listening("postgres: { addr: \"" + address + "\" }").load().problems())
                .extracting(p -> p.code().text() + " " + p.line() + ":" + p.column())
                .containsExactly("E206 7:21");
    }

    @Test
    void whatStrangersMayTakeIsBounded() {
        Settings.Limits limits = listening(HERE)
                .load()
                .configuration()
                .orElseThrow()
                .settings()
                .listen()
                .limits();
        assertThat(limits).isEqualTo(Settings.Limits.STANDARD);
        assertThat(limits.loginTimeout()).isEqualTo(Duration.ofSeconds(60));

        Settings.Limits fewer = listening(HERE
                        + "\n  limits: { login_timeout: 10s, unauthenticated: 100, unauthenticated_per_address: 5 }")
                .load()
                .configuration()
                .orElseThrow()
                .settings()
                .listen()
                .limits();
        assertThat(fewer).isEqualTo(new Settings.Limits(Duration.ofSeconds(10), 100, 5));

        Settings.Limits ofAll = listening(HERE + "\n  limits: { unauthenticated: 100 }")
                .load()
                .configuration()
                .orElseThrow()
                .settings()
                .listen()
                .limits();
        assertThat(ofAll.unauthenticatedPerAddress()).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"login_timeout: 0s", "login_timeout: 2d", "unauthenticated: 0", "unauthenticated_per_address: 0"
            })
    void aLimitThatIsNoneIsRefused(String limit) {
        assertThat(listening(HERE + "\n  limits: { " + limit + " }").load().problems())
                .extracting(p -> p.code().text())
                .containsExactly("E206");
    }
}
