package dev.gatehouse.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.command.Gatehouse;
import dev.gatehouse.gateway.command.Parts;
import dev.gatehouse.gateway.command.Places;
import dev.gatehouse.identity.testing.TestIssuer;
import dev.gatehouse.identity.testing.TestIssuer.Reply;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Date;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in on the command line, as a person's shell sees it. */
final class SignInTest {

    private static final String DANA = "dana@acme.test";
    private static final Reply PENDING = new Reply(400, Map.of("error", "authorization_pending"));

    private final Path home;
    private final TestIssuer issuer = TestIssuer.start();
    private final Deque<Reply> answers = new ArrayDeque<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    SignInTest(@TempDir Path home) throws IOException {
        this.home = home;
        issuer.on("/device", form -> {
            asked.add(form);
            return new Reply(
                    200,
                    Map.of(
                            "device_code",
                            "device-secret",
                            "user_code",
                            "ABCD-EFGH",
                            "verification_uri",
                            issuer.issuer() + "/activate",
                            "expires_in",
                            60,
                            "interval",
                            1));
        });
        issuer.on("/token", form -> {
            asked.add(form);
            return answers.remove();
        });
        Files.writeString(home.resolve("gatehouse.yaml"), """
            apiVersion: gatehouse/v1
            kind: Server
            listen:
              postgres: { addr: "0.0.0.0:6432" }
              mysql: { addr: "fw.acme.test:6033" }
              tls: { cert: tls.crt, key: "${cred:tls.key}" }
            upstreams:
              - { name: orders, protocol: postgres, logins: [ { name: rw, password: "${cred:nobody-may-read}" } ] }
              - { name: billing, protocol: mysql }
            identity:
              oidc:
                - { name: acme, issuer: "%s", client_id: gatehouse, client_secret: "${env:SECRET}", scopes: [openid] }
            """.formatted(issuer.issuer()));
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    /** How a command ended, and what it wrote. */
    private record Outcome(int status, String out, String err) {}

    private Outcome run(String... arguments) {
        Map<String, String> environment = Map.of("HOME", home.toString(), "SECRET", "client-secret");
        Places places = new Places(environment, home);
        Parts none = (Parts) Proxy.newProxyInstance(
                Parts.class.getClassLoader(), new Class<?>[] {Parts.class}, (proxy, method, given) -> {
                    throw new AssertionError("signing in needs no gateway");
                });
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Gatehouse.line(
                        none,
                        places,
                        environment,
                        List.of(
                                new Login(places, environment),
                                new Logout(environment),
                                new Whoami(environment),
                                new Token(environment),
                                new Connect(places, environment)))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Outcome(status, out.toString(), err.toString());
    }

    private String idToken(int seconds) {
        return issuer.token(
                DANA, claims -> claims.expirationTime(Date.from(Instant.now().plusSeconds(seconds))));
    }

    private static Reply granted(String idToken, String refreshToken) {
        return new Reply(200, Map.of("access_token", "opaque", "id_token", idToken, "refresh_token", refreshToken));
    }

    @Test
    void aPersonSignsInWithACodeAndHasATokenThen() throws Exception {
        String token = idToken(300);
        answers.add(PENDING);
        answers.add(granted(token, "r1"));

        Outcome login = run("login");

        assertThat(login.status()).as(login.err()).isZero();
        assertThat(login.err()).contains("Open " + issuer.issuer() + "/activate and enter the code ABCD-EFGH");
        assertThat(login.out()).startsWith("signed in as " + DANA + " at acme, until ");
        assertThat(login.out() + login.err()).doesNotContain(token).doesNotContain("device-secret");
        assertThat(asked).hasSize(3).allMatch(form -> form.contains("client_id=gatehouse&client_secret=client-secret"));
        assertThat(asked.get(2)).contains("device_code=device-secret");
        Path file = home.resolve(".config/gatehouse/login.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).doesNotContain("client-secret");

        assertThat(run("token")).isEqualTo(new Outcome(0, token + "\n", ""));
        assertThat(run("whoami").out()).startsWith(DANA + " at acme, until ");

        assertThat(run("logout").status()).isZero();
        assertThat(file).doesNotExist();
        assertThat(run("token").status()).isEqualTo(7);
        assertThat(run("whoami").err()).contains("nobody has signed in").contains("gatehouse login");
    }

    @Test
    void aTokenThatIsTooOldIsReplaced() {
        answers.add(granted(idToken(100), "r1"));
        assertThat(run("login").status()).isZero();
        String newer = idToken(200);
        answers.add(granted(newer, "r2"));
        assertThat(run("token", "--ttl", "150s").out()).isEqualTo(newer + "\n");
        assertThat(asked.get(asked.size() - 1))
                .contains("grant_type=refresh_token")
                .contains("refresh_token=r1");

        String newest = idToken(300);
        answers.add(granted(newest, "r3"));
        Outcome brief = run("token", "--ttl", "1h");
        assertThat(brief.out()).isEqualTo(newest + "\n");
        assertThat(brief.err()).contains("count until");
        assertThat(asked.get(asked.size() - 1)).contains("refresh_token=r2");

        answers.add(new Reply(400, Map.of("error", "invalid_grant")));
        assertThat(run("token", "--ttl", "1h").out()).isEqualTo(newest + "\n");
    }

    @Test
    void whoHasNoTokenThatCountsMustSignInAgain() {
        answers.add(granted(idToken(-10), "r1"));
        assertThat(run("login").status()).isZero();
        answers.add(new Reply(400, Map.of("error", "invalid_grant")));
        Outcome expired = run("token");
        assertThat(expired.status()).isEqualTo(7);
        assertThat(expired.out()).isEmpty();
        issuer.fail(true);
        assertThat(run("token").status()).isEqualTo(8);
    }

    @Test
    void whoeverIsRefusedIsToldSo() {
        answers.add(new Reply(400, Map.of("error", "access_denied")));
        Outcome refused = run("login");
        assertThat(refused.status()).isEqualTo(7);
        assertThat(refused.err()).contains("access_denied");
        issuer.fail(true);
        assertThat(run("login").status()).isEqualTo(8);
    }

    @Test
    void aFileThatOthersMayReadIsNotUsed() throws Exception {
        answers.add(granted(idToken(300), "r1"));
        assertThat(run("login").status()).isZero();
        Path file = home.resolve(".config/gatehouse/login.json");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(run("token").status()).isEqualTo(7);
        assertThat(run("token").err()).contains("may be read by others");
    }

    @Test
    void withoutAConfigurationTheProviderIsNamedByItsAddress() throws Exception {
        Files.delete(home.resolve("gatehouse.yaml"));
        assertThat(run("login").status()).isEqualTo(3);
        assertThat(run("login", "--issuer", "http://evil.test/").status()).isEqualTo(2);
        answers.add(granted(idToken(300), "r1"));
        assertThat(run("login", "--issuer", issuer.issuer()).status()).isZero();
        assertThat(run("whoami").out()).startsWith(DANA);
    }

    @Test
    void connectSaysHowAnyClientConnects() {
        answers.add(granted(idToken(300), "r1"));
        assertThat(run("login").status()).isZero();

        assertThat(run("connect", "orders", "--print", "url").out())
                .isEqualTo("postgresql://dana%40acme.test@localhost:6432/orders?sslmode=require\n");
        assertThat(run("connect", "orders/reporting", "--print", "pg_service", "--gateway-ca", "/etc/ca.pem")
                        .out())
                .isEqualTo("[orders/reporting]\nhost=localhost\nport=6432\ndbname=orders/reporting\nuser=" + DANA
                        + "\nsslmode=verify-full\nsslrootcert=/etc/ca.pem\n");
        assertThat(run("connect", "billing", "--print", "jdbc").out())
                .isEqualTo("jdbc:mysql://fw.acme.test:6033/billing?user=dana%40acme.test&sslMode=VERIFY_IDENTITY\n");
        assertThat(run("connect", "orders", "--gateway", "fw.test:1", "--print", "env")
                        .out())
                .contains("PGHOST=fw.test\n")
                .contains("PGSSLMODE=verify-full\n");
        Outcome unknown = run("connect", "nowhere", "--print", "url");
        assertThat(unknown.status()).isEqualTo(6);
        assertThat(unknown.err()).contains("billing, orders");
    }

    @Test
    void theClientIsStartedWithItsOwnArguments() {
        Way postgres = new Way("fw.test", 6432, false, "orders", "o'neil", Optional.empty());
        assertThat(postgres.command(List.of("-c", "select 1")))
                .containsExactly(
                        "psql",
                        "host=fw.test port=6432 dbname=orders user='o\\'neil' sslmode=verify-full",
                        "-c",
                        "select 1");
        Way mysql = new Way("127.0.0.1", 6033, true, "billing", DANA, Optional.empty());
        assertThat(mysql.command(List.of("-e", "select 1")))
                .containsExactly(
                        "mysql",
                        "--host=127.0.0.1",
                        "--port=6033",
                        "--protocol=tcp",
                        "--user=" + DANA,
                        "--ssl",
                        "--skip-ssl-verify-server-cert",
                        "-e",
                        "select 1",
                        "billing");
    }
}
