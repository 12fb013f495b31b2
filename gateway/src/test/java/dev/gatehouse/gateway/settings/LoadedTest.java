package dev.gatehouse.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.session.Upstream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadedTest {

    @TempDir
    Path folder;

    private static Configuration good(Loaded loaded) {
        assertThat(loaded.problems()).isEmpty();
        return loaded.configuration().orElseThrow();
    }

    @Test
    void theServersFileIsReadAsItSays() {
        Settings settings = good(Fixture.shop(folder).load()).settings();

        assertThat(settings.name()).isEqualTo("shop-fw");
        assertThat(settings.listen().postgres()).contains(new Settings.Address("127.0.0.1", 0));
        assertThat(settings.listen().adminSocket()).contains(folder.resolve("run/admin.sock"));
        assertThat(settings.listen().tls()).isEmpty();
        assertThat(settings.defaultUpstream()).contains("shop");
        Upstream shop = settings.upstream("shop").orElseThrow();
        assertThat(shop.host()).isEqualTo("db.shop.test");
        assertThat(shop.port()).isEqualTo(5433);
        assertThat(shop.databases()).containsExactly("shop", "stats");
        assertThat(shop.tls().mode()).isEqualTo(Upstream.Tls.Mode.DISABLE);
        assertThat(shop.labels()).containsEntry("pci", "true");
        assertThat(shop.schemaRefresh()).isEqualTo(Duration.ofSeconds(30));
        assertThat(shop.maxConnections()).isEqualTo(50);
        assertThat(settings.identity().maxPerUser()).isEqualTo(5);
        assertThat(settings.identity().localUser("erik").orElseThrow().source()).hasSize(2);
        assertThat(settings.journal().minFree()).isEqualTo(OptionalLong.of(1L << 30));
        assertThat(settings.journal().roll()).isEqualTo(Settings.Roll.DAILY);
        assertThat(settings.clientMessages().style()).isEqualTo(Settings.Style.HUMAN);
        assertThat(settings.log().level()).isEqualTo(Settings.LogLevel.WARN);
    }

    @Test
    void anUpstreamThatSaysNothingOfTlsIsVerifiedInFull() {
        Upstream archive =
                good(Fixture.shop(folder).load()).settings().upstream("archive").orElseThrow();

        assertThat(archive.tls().mode()).isEqualTo(Upstream.Tls.Mode.VERIFY_FULL);
        assertThat(archive.host()).isEqualTo("::1");
        assertThat(archive.defaultDatabase()).isEqualTo("archive");
        assertThat(archive.schemaRefresh()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void variablesComeFromTheEnvironmentDefaultsAndFiles() {
        Settings settings = good(Fixture.shop(folder).load()).settings();

        Upstream shop = settings.upstream("shop").orElseThrow();
        assertThat(shop.login("ro").orElseThrow().password().reveal()).isEqualTo("ro-secret");
        assertThat(shop.login("rw").orElseThrow().password().reveal()).isEqualTo("from the default");
        Upstream archive = settings.upstream("archive").orElseThrow();
        assertThat(archive.login("ro").orElseThrow().password().reveal()).isEqualTo("archived");
        assertThat(settings.clientMessages().support()).isEqualTo("#ask-${team}");
    }

    @Test
    void whatIsFilledInIsNotLookedAtAgain() {
        Settings settings = good(Fixture.shop(folder)
                        .variable("SHOP_RO", "${env:TOK} $${x}")
                        .load())
                .settings();

        Upstream shop = settings.upstream("shop").orElseThrow();
        assertThat(shop.login("ro").orElseThrow().password().reveal()).isEqualTo("${env:TOK} $${x}");
    }

    @Test
    void credentialsComeFromTheServiceManagersFolder() {
        Loaded loaded = Fixture.shop(folder)
                .replace("gatehouse.yaml", "${env:SHOP_RO}", "${cred:shop-ro}")
                .secret("creds/shop-ro", "from systemd\n")
                .mode("creds/shop-ro", "r--r-----")
                .variable("CREDENTIALS_DIRECTORY", folder.resolve("creds").toString())
                .load();

        Upstream shop = good(loaded).settings().upstream("shop").orElseThrow();
        assertThat(shop.login("ro").orElseThrow().password().reveal()).isEqualTo("from systemd");
    }

    @Test
    void theVersionChangesWithEveryPolicyFileAndWithNothingElse() {
        Fixture fixture = Fixture.shop(folder);
        String before = good(fixture.load()).policy().version();
        assertThat(before).matches("pol_[0-9a-f]{8}");

        fixture.edit("gatehouse.yaml", text -> text + "# a remark\n");
        assertThat(good(fixture.load()).policy().version()).isEqualTo(before);
        fixture.edit("policy.d/people.yaml", text -> text + "# a remark\n");
        assertThat(good(fixture.load()).policy().version()).isNotEqualTo(before);
    }

    @Test
    void theReportHasALineForEachFile() {
        Loaded loaded = Fixture.shop(folder).load();

        String version = good(loaded).policy().version();
        assertThat(loaded.report()).isEqualTo("""
                        gatehouse.yaml            ok    2 upstreams, 4 local users
                        policy.d/people.yaml      ok    0 rules, 0 masks                           %1$s
                        policy.d/rules.yaml       ok    6 rules, 2 masks                           %1$s
                        """.formatted(version));
    }

    @Test
    void theReportShowsTheLineAndUnderlinesTheWord() {
        Loaded loaded = Fixture.shop(folder)
                .replace("policy.d/rules.yaml", "kinds: [update, delete]", "kinds: [updat, delete]")
                .load();

        assertThat(loaded.configuration()).isEmpty();
        assertThat(loaded.hasErrors()).isTrue();
        assertThat(loaded.report()).contains("""
                  error E214 policy.d/rules.yaml:25:26  unknown kind "updat", did you mean "update"?
                      25 |     statement: { kinds: [updat, delete], where: [missing, always_true] }
                                                    ^^^^^
                """);
        assertThat(loaded.report()).containsPattern("policy\\.d/rules\\.yaml {7}1 error +pol_[0-9a-f]{8}\n");
    }

    @Test
    void allMistakesOfAllFilesAreToldAtOnce() {
        Loaded loaded = Fixture.shop(folder)
                .replace(
                        "gatehouse.yaml",
                        "protocol: postgres\n    address: \"db",
                        "protocol: postgre\n    address: \"db")
                .replace("gatehouse.yaml", "roll: daily", "roll: dayly")
                .replace("policy.d/rules.yaml", "tags: [pii.ssn]", "tags: [pii.snn]")
                .replace("policy.d/people.yaml", "roles: [analyst, agent]", "roles: [analysts, agent]")
                .load();

        assertThat(loaded.problems().stream().filter(Problem::isError).map(p -> p.file() + " " + p.message()))
                .containsExactly(
                        "gatehouse.yaml unknown protocol \"postgre\", did you mean \"postgres\"?",
                        "gatehouse.yaml unknown roll \"dayly\", did you mean \"daily\"?",
                        "policy.d/people.yaml unknown role \"analysts\", did you mean \"analyst\"?",
                        "policy.d/rules.yaml unknown tag \"pii.snn\", did you mean \"pii.ssn\"?");
    }
}
