package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.identity.testing.TestIssuer;
import dev.gatehouse.journal.JournalReader;
import dev.gatehouse.testing.MySqlServer;
import dev.gatehouse.testing.RealMariaDb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Who shows a token of an identity provider instead of a password, over both protocols. */
final class TokenLoginTest {

    private static final String WIRES = "dev.gatehouse.wire";
    private static final String DANA = "dana@acme.test";

    private final Path folder;
    private final TestIssuer issuer;
    private final Log log = new Log();
    private final MySqlServer mariadb = RealMariaDb.shared();
    private final Gateway gateway;

    /** Everything that is logged. */
    private static final class Log extends AppenderBase<ILoggingEvent> {
        private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage());
        }
    }

    TokenLoginTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        this.issuer = TestIssuer.start();
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        log.setContext(context);
        log.start();
        context.getLogger("ROOT").addAppender(log);
        context.getLogger(WIRES).setLevel(Level.INFO);
        this.gateway = configured().start();
    }

    private Configured configured() throws Exception {
        String database = MySqlGateway.shop(mariadb);
        Configured configured = Configured.in(folder, TestGateway.shop());
        Files.writeString(
                folder.resolve("policy.d/test.yaml"),
                TestGateway.POLICY.replace("upstreams: [shop]", "upstreams: [shop, market]"));
        return configured
                .offeringTls(TestCertificate.ofLocalhost(folder, "tls"), "allow")
                .listening("mysql: { addr: \"127.0.0.1:0\" }")
                .with("upstreams:\n", """
                    upstreams:
                      - name: market
                        protocol: mysql
                        address: "%s:%d"
                        default_database: %s
                        tls: { mode: disable }
                        logins: [ { name: rw, username: %s, password: "%s" } ]
                    """.formatted(
                                mariadb.host(), mariadb.port(), database, mariadb.username(), mariadb.password()))
                .with("identity:\n", """
                    identity:
                      oidc:
                        - name: acme
                          issuer: "%s"
                          client_id: %s
                          groups_claim: groups
                          allow_token_as_password: true
                    """.formatted(issuer.issuer(), TestIssuer.CLIENT));
    }

    @AfterEach
    void stop() {
        log.stop();
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.getLogger("ROOT").detachAppender(log);
        context.getLogger(WIRES).setLevel(null);
        gateway.close();
        issuer.close();
    }

    private Connection postgres(String user, String password, String options) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + Configured.port(gateway) + "/shop?" + options, properties);
    }

    private Connection mysql(String user, String password, String options) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return DriverManager.getConnection(
                "jdbc:mariadb://localhost:" + gateway.mysql().orElseThrow().getPort() + "/market?" + options,
                properties);
    }

    private interface Login {
        Connection connect() throws SQLException;
    }

    /** What the session counts, or the error. */
    private static String outcome(Login login) {
        try (Connection connection = login.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("update orders set status = 'paid' where id = 1");
            try (ResultSet row = statement.executeQuery("select count(*) from orders")) {
                row.next();
                return row.getString(1);
            }
        } catch (SQLException e) {
            return e.getSQLState() + " " + e.getMessage();
        }
    }

    private String postgres(String user, String password) {
        return outcome(() -> postgres(user, password, "sslmode=require"));
    }

    private String mysql(String user, String password) {
        return outcome(() -> mysql(user, password, "sslMode=trust"));
    }

    private List<Event> journal() {
        List<Event> events = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(folder.resolve("journal"))) {
            for (Iterator<Event.Entry> entries = reader.entries(); entries.hasNext(); ) {
                events.add(entries.next().event());
            }
        }
        return events;
    }

    private List<String> turnedAway() {
        return journal().stream()
                .filter(Event.TurnedAway.class::isInstance)
                .map(event -> ((Event.TurnedAway) event).reason())
                .toList();
    }

    @Test
    void aTokenLetsItsUserInWithTheRolesOfItsGroups() {
        String token = issuer.token(DANA);
        assertThat(postgres(DANA, token)).isEqualTo("3000");
        assertThat(mysql(DANA, token)).isEqualTo("3000");
        assertThat(journal())
                .filteredOn(Event.Opened.class::isInstance)
                .extracting(event -> ((Event.Opened) event).user() + " " + ((Event.Opened) event).groups())
                .containsExactly(DANA + " [engineers]", DANA + " [engineers]");
        String nobodys = issuer.token(DANA, claims -> claims.claim("groups", null));
        assertThat(postgres(DANA, nobodys)).startsWith("28000").contains("may not use upstream");
    }

    @Test
    void theCommandLineClientsTakeATokenAsTheirPassword() throws Exception {
        InstalledTool.assume("psql");
        InstalledTool.assume("mariadb");
        String token = issuer.token(DANA);
        String count = "select count(*) from orders";
        assertThat(InstalledTool.run(
                        token,
                        "",
                        "psql",
                        "host=localhost port=" + Configured.port(gateway) + " dbname=shop sslmode=require user=" + DANA,
                        "-Atc",
                        count))
                .isEqualTo("3000\nexit 0\n");
        for (String plugin : List.of("mysql_native_password", "caching_sha2_password", "mysql_clear_password")) {
            assertThat(mariadb(token, "--ssl", "--default-auth=" + plugin))
                    .as(plugin)
                    .isEqualTo("3000\nexit 0\n");
        }
    }

    private String mariadb(String token, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("mariadb", "--no-defaults", "-hlocalhost", "--protocol=tcp"));
        command.addAll(List.of("-P" + gateway.mysql().orElseThrow().getPort(), "-u" + DANA + "#market"));
        command.addAll(List.of(options));
        command.addAll(List.of("--password=" + token, "-Ne", "select count(*) from orders"));
        return InstalledTool.run("", "", command.toArray(String[]::new));
    }

    @Test
    void whatIsWrongWithATokenIsRecordedAndNotTold() {
        String anothers = issuer.token("lena@acme.test");
        String foreign = issuer.token(DANA, claims -> claims.audience("other"));
        String expired = issuer.token(
                DANA, claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(60))));
        String refused = "28P01 FATAL: password authentication failed for user \"" + DANA + "\"";
        assertThat(postgres(DANA, "demo")).isEqualTo(refused);
        assertThat(postgres(DANA, expired)).startsWith(refused).contains("expired");
        assertThat(postgres(DANA, foreign)).startsWith(refused).doesNotContain("aud");
        assertThat(postgres(DANA, anothers)).startsWith(refused);
        assertThat(mysql(DANA, "demo")).startsWith("28000").contains("Access denied for user '" + DANA + "'");
        assertThat(mysql(DANA, expired)).startsWith("28000").contains("expired");
        assertThat(turnedAway())
                .containsExactly(
                        "token refused: what was told is no signed token",
                        "token refused: it has expired",
                        "token refused: it is meant for others (aud)",
                        "token refused: it is another user's",
                        "token refused: what was told is no signed token",
                        "token refused: it has expired");
        assertThat(log.lines).anyMatch(line -> line.endsWith("from 127.0.0.1: token refused: it has expired"));
    }

    /** In clear nobody is asked for a token, and one that is told all the same lets nobody in. */
    @Test
    void aTokenIsTakenUnderTlsOnly() throws Exception {
        String token = issuer.token(DANA);
        assertThat(outcome(() -> postgres(DANA, token, "sslmode=disable"))).startsWith("28P01");
        InstalledTool.assume("mariadb");
        assertThat(mariadb(token, "--skip-ssl", "--default-auth=mysql_clear_password"))
                .startsWith("ERROR 1045 (28000)")
                .contains("TLS only");
        assertThat(issuer.keyQuestions()).isZero();
    }

    @Test
    void aTokenDoesNotMakeAnybodyAUserOfTheGateway() {
        String token = issuer.token("erik", claims -> claims.claim("email", "erik"));
        assertThat(postgres("erik", token)).startsWith("28P01");
        assertThat(mysql("erik", token)).startsWith("28000");
        assertThat(postgres("erik", TestGateway.PASSWORD)).isEqualTo("3000");
        assertThat(issuer.keyQuestions()).isZero();
    }

    @Test
    void nobodyGetsInWhileTheProviderDoesNotAnswerAndItsKeysAreNotKnown() {
        issuer.fail(true);
        assertThat(postgres(DANA, issuer.token(DANA))).startsWith("58000").contains("identity provider");
        assertThat(mysql(DANA, issuer.token(DANA))).startsWith("HY000").contains("identity provider");
        assertThat(postgres("erik", TestGateway.PASSWORD)).isEqualTo("3000");
        assertThat(turnedAway()).allMatch(reason -> reason.startsWith("token not checked: acme: "));
        issuer.fail(false);
        assertThat(postgres(DANA, issuer.token(DANA))).isEqualTo("3000");
        issuer.fail(true);
        assertThat(postgres(DANA, issuer.token(DANA))).isEqualTo("3000");
    }

    /** What the next statement says once the session has ended. */
    private static String afterItsEnd(Connection connection) throws Exception {
        try (Statement statement = connection.createStatement()) {
            while (true) {
                statement.execute("select 1");
                Thread.sleep(50);
            }
        } catch (SQLException e) {
            return e.getSQLState() + " " + e.getMessage();
        }
    }

    @Test
    @Timeout(60)
    void aSessionEndsWithItsToken() throws Exception {
        Date soon = Date.from(Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(4));
        String token = issuer.token(DANA, claims -> claims.expirationTime(soon));
        try (Connection pg = postgres(DANA, token, "sslmode=require");
                Connection my = mysql(DANA, token, "sslMode=trust");
                Connection local = postgres("erik", TestGateway.PASSWORD, "sslmode=require")) {
            assertThat(afterItsEnd(pg)).startsWith("57P01").contains("token");
            assertThat(afterItsEnd(my)).startsWith("08");
            assertThat(Instant.now()).isAfterOrEqualTo(soon.toInstant());
            assertThat(local.createStatement().execute("select 1")).isTrue();
        }
        assertThat(journal())
                .filteredOn(Event.Closed.class::isInstance)
                .extracting(event -> ((Event.Closed) event).reason())
                .filteredOn(reason -> reason.equals("the session ends, as the token it began with no longer counts"))
                .hasSize(2);
    }

    /** What was begun in time may end; its transaction too. */
    @Test
    @Timeout(60)
    void whatASessionIsAtWhenItsTokenEndsMayEnd() throws Exception {
        String token = issuer.token(
                DANA, claims -> claims.expirationTime(Date.from(Instant.now().plusSeconds(3))));
        try (Connection pg = postgres(DANA, token, "sslmode=require");
                Statement statement = pg.createStatement()) {
            pg.setAutoCommit(false);
            statement.execute("update orders set status = 'late' where id = 7");
            statement.execute("select pg_sleep(5)");
            pg.commit();
            assertThat(afterItsEnd(pg)).startsWith("57P01");
        }
        try (Connection local = postgres("erik", TestGateway.PASSWORD, "sslmode=require");
                ResultSet row = local.createStatement().executeQuery("select status from orders where id = 7")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("late");
        }
    }

    @Test
    void aTokenStandsNowhere() throws Exception {
        String good = issuer.token(DANA);
        String bad = issuer.token("lena@acme.test");
        assertThat(postgres(DANA, good)).isEqualTo("3000");
        assertThat(mysql(DANA, good)).isEqualTo("3000");
        assertThat(postgres(DANA, bad)).startsWith("28P01");
        assertThat(mysql(DANA, bad)).startsWith("28000");
        gateway.close();
        String kept = everythingIn(folder.resolve("journal"));
        assertThat(kept).contains("count(*) from orders");
        for (String token : List.of(good, bad)) {
            for (String part : token.split("\\.", -1)) {
                assertThat(kept).doesNotContain(part.substring(0, 16));
                assertThat(String.join("\n", log.lines)).doesNotContain(part.substring(0, 16));
            }
        }
    }

    private static String everythingIn(Path journal) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(journal)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(f -> f.toString().matches(".*[.](cq4|ring|jsonl)"))
                    .toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
