package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.gateway.settings.Loaded;
import dev.gatehouse.testing.RealPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway proves its held login in whatever way the server asks for, and never in clear text without TLS. */
final class ServerAuthenticationTest {

    private static final String METHODS = """
            host all gh_md5 all md5
            host all gh_trust all trust
            host all gh_password all password
            """;

    /** A ligature, a space that is none, and a letter with its accent behind it: a server keeps other characters. */
    private static final String TYPED = "\ufb01\u00a0e\u0301";

    private static String database;
    private static @Nullable Path rules;
    private static @Nullable String before;

    @BeforeAll
    static void teachServer() throws Exception {
        database = TestGateway.shop();
        try (Connection connection = RealPostgres.shared().connect(database);
                Statement statement = connection.createStatement()) {
            try (ResultSet file = statement.executeQuery("show hba_file")) {
                file.next();
                Path own = Path.of(file.getString(1));
                assumeTrue(Files.isWritable(own), "the server's files are out of reach");
                rules = own;
                before = Files.readString(own);
                Files.writeString(own, METHODS + before);
            }
            for (String role : new String[] {"gh_md5", "gh_trust", "gh_password"}) {
                statement.execute(
                        "set password_encryption = '" + (role.equals("gh_md5") ? "md5" : "scram-sha-256") + "'");
                statement.execute("create role " + role + " login superuser password 'held'");
            }
            statement.execute("create role gh_typed login superuser password '" + TYPED + "'");
            statement.execute("select pg_reload_conf()");
        }
    }

    @AfterAll
    static void forget() throws Exception {
        if (rules == null || before == null) {
            return;
        }
        Files.writeString(rules, before);
        try (Connection connection = RealPostgres.shared().connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_reload_conf()");
            statement.execute("drop role gh_md5, gh_trust, gh_password, gh_typed");
        }
    }

    private static Gateway start(Path folder, String role, String password) throws Exception {
        Path config = TestGateway.write(folder, database, "127.0.0.1:0");
        String held = "username: " + RealPostgres.shared().username() + ", password: \""
                + RealPostgres.shared().password() + "\"";
        String text = Files.readString(config);
        assertThat(text).contains(held);
        Files.writeString(config, text.replace(held, "username: " + role + ", password: \"" + password + "\""));
        return Gateway.start(
                Loaded.load(config, false, Map.of()).configuration().orElseThrow());
    }

    private static Connection connect(Gateway gateway) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:"
                + gateway.postgres().orElseThrow().getPort() + "/shop?user=erik&password=" + TestGateway.PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gh_md5", "gh_trust"})
    void aLoginIsProvedAsTheServerAsks(String role, @TempDir Path folder) throws Exception {
        try (Gateway gateway = start(folder, role, "held");
                Connection connection = connect(gateway);
                ResultSet row = connection.createStatement().executeQuery("select current_user")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo(role);
        }
    }

    @Test
    void aPasswordIsPreparedAsServersDo(@TempDir Path folder) throws Exception {
        try (Gateway gateway = start(folder, "gh_typed", TYPED);
                Connection connection = connect(gateway)) {
            assertThat(connection.isValid(10)).isTrue();
        }
    }

    @Test
    void aPasswordIsNotSentInClearTextWithoutTls(@TempDir Path folder) throws Exception {
        try (Gateway gateway = start(folder, "gh_password", "held")) {
            SQLException thrown = catchThrowableOfType(
                    SQLException.class, () -> connect(gateway).close());
            assertThat(thrown.getMessage()).contains("clear text");
        }
    }

    @Test
    void aHeldPasswordThatIsWrongIsTheOperatorsMatterAndNotQuoted(@TempDir Path folder) throws Exception {
        try (Gateway gateway = start(folder, "gh_md5", "outdated")) {
            SQLException thrown = catchThrowableOfType(
                    SQLException.class, () -> connect(gateway).close());
            assertThat(thrown.getSQLState()).isEqualTo("58000");
            assertThat(thrown.getMessage())
                    .contains("refuses the gateway's own login")
                    .doesNotContain("outdated")
                    .doesNotContain("gh_md5");
        }
    }
}
