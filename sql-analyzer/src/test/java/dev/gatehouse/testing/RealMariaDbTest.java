package dev.gatehouse.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** The server other tests stand on. */
final class RealMariaDbTest {

    private static final RealMariaDb SERVER = RealMariaDb.shared();

    @Test
    void itIsAMariaDbWithItsDefaultMode() throws SQLException {
        try (Connection connection = SERVER.connect("mysql");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select version(), @@global.sql_mode")) {
            row.next();
            assertThat(row.getString(1)).startsWith("11.4.").contains("MariaDB");
            assertThat(row.getString(2)).contains("STRICT_TRANS_TABLES").doesNotContain("ANSI_QUOTES");
        }
    }

    @Test
    void databasesAreApart() throws SQLException {
        String one = SERVER.createDatabase();
        String other = SERVER.createDatabase();
        try (Connection connection = SERVER.connect(one);
                Statement statement = connection.createStatement()) {
            statement.execute("create table t (a int)");
        }
        try (Connection connection = SERVER.connect(other);
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("select a from t")).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void nobodyComesInWithoutThePassword() {
        assertThatThrownBy(() -> SERVER.connect("mysql", SERVER.username(), "").close())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("Access denied");
    }
}
