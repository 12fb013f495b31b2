package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is known of a text is not taken for one that differs in literals, where the meaning hangs on what these are worth. */
final class TellingLiteralsTest {

    /** Of each pair, the first condition lets some row fail and the second none. */
    private static final String[][] PAIRS = {
        {"id = 5 or id <> 6", "id = 5 or id <> 5"},
        {"id = 5 or 1 = 2", "id = 5 or 1 = 1"},
        {"1 = 2", "2 = 2"},
        {"id > 5 or not id > 6", "id > 5 or not id > 5"},
        {"status = 'a' or status <> 'b'", "status = 'a' or status <> 'a'"},
    };

    private static void isDecidedApart(Connection connection, boolean prepared) throws SQLException {
        for (String[] pair : PAIRS) {
            for (int run = 0; run < 3; run++) {
                run(connection, "update orders set status = 'x' where " + pair[0], prepared);
                String always = "update orders set status = 'x' where " + pair[1];
                SQLException thrown = catchThrowableOfType(SQLException.class, () -> run(connection, always, prepared));
                assertThat((Throwable) thrown).as(always).isNotNull();
                assertThat(thrown.getMessage()).as(always).contains("rule=no-where");
            }
        }
    }

    private static void run(Connection connection, String sql, boolean prepared) throws SQLException {
        if (prepared) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.execute();
            }
        } else {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void overPostgres(@TempDir Path folder) throws Exception {
        try (TestGateway gateway = TestGateway.start(folder)) {
            for (String mode : new String[] {"simple", "extended"}) {
                try (Connection connection =
                        gateway.connect("erik", "preferQueryMode", mode, "prepareThreshold", "1")) {
                    isDecidedApart(connection, mode.equals("extended"));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void overMySql(MySqlProductUnderTest product, @TempDir Path folder) throws Exception {
        try (MySqlGateway gateway = MySqlGateway.start(product.server(), folder)) {
            for (boolean prepared : new boolean[] {false, true}) {
                try (Connection connection =
                        gateway.connect("erik", "useServerPrepStmts", Boolean.toString(prepared))) {
                    isDecidedApart(connection, prepared);
                }
            }
        }
    }
}
