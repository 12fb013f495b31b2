package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLWarning;

/** Who sees masked values is told so, and by which mask. */
final class MaskedNoticeTest {

    @TempDir
    private Path folder;

    private static List<String> notices(Connection connection, String sql) throws SQLException {
        List<String> told = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    assertThat(rows.getObject(1)).isNotNull();
                }
            }
            for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
                assertThat(((PSQLWarning) warning).getServerErrorMessage().getHint())
                        .contains("EXPLAIN POLICY");
                told.add(warning.getMessage());
            }
        }
        return told;
    }

    private static Connection connect(Gateway gateway, String user, String mode) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://localhost:" + Configured.port(gateway) + "/shop?user="
                + user + "&password=" + TestGateway.PASSWORD + "&preferQueryMode=" + mode);
    }

    @ParameterizedTest
    @CsvSource({
        "never, simple, 0, 0",
        "once_per_session, simple, 1, 0",
        "once_per_session, extended, 1, 0",
        "always, simple, 1, 1",
        "always, extended, 1, 1",
    })
    void aSessionIsToldAsOftenAsItIsSet(String setting, String mode, int first, int later) throws Exception {
        String masked = "masked by policy: \"email\" (email), \"number\" (card)";
        try (Gateway gateway = Configured.in(folder, TestGateway.shop())
                .with("journal: {", "client_messages: { masked_notice: " + setting + " }\njournal: {")
                .start()) {
            try (Connection maya = connect(gateway, "maya", mode)) {
                assertThat(notices(maya, "select id, name from customers")).isEmpty();
                assertThat(notices(maya, "select id, email from customers where false"))
                        .isEmpty();
                String asked = "select id, email, card as number from customers order by id";
                List<String> told = notices(maya, asked);
                assertThat(told).isEqualTo(first == 0 ? List.of() : List.of(masked));
                assertThat(notices(maya, asked)).hasSize(later);
            }
            try (Connection erik = connect(gateway, "erik", mode)) {
                assertThat(notices(erik, "select id, email, card from customers"))
                        .isEmpty();
            }
        }
    }
}
