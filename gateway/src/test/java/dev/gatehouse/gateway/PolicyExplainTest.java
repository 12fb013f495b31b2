package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.firewall.audit.Verdict;
import dev.gatehouse.firewall.session.Subject;
import dev.gatehouse.gateway.command.ExitCode;
import dev.gatehouse.gateway.command.Failure;
import dev.gatehouse.gateway.command.Inquiry;
import dev.gatehouse.gateway.command.Parts.Explained;
import dev.gatehouse.testing.MySqlServer;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The command line tells of a statement what a session of the same user is told. */
final class PolicyExplainTest {

    private static final String MASKED = "select id, email e, substr(email, 2) from customers";

    @TempDir
    private Path folder;

    private Explained explain(String as, String to, String sql, String... groups) {
        return explain(as, to, Optional.empty(), sql, groups);
    }

    private Explained explain(String as, String to, Optional<String> catalog, String sql, String... groups) {
        return new Product(Map.of())
                .explain(
                        folder.resolve("gatehouse.yaml"),
                        new Inquiry(
                                sql,
                                as,
                                groups.length == 0 ? Optional.empty() : Optional.of(Subject.Kind.AGENT),
                                Set.of(groups),
                                to,
                                Optional.empty(),
                                Instant.parse("2026-11-20T22:30:00Z"),
                                InetAddress.getLoopbackAddress(),
                                "psql",
                                catalog,
                                List.of()));
    }

    private static List<String> inSession(Connection connection, String sql) throws Exception {
        List<String> lines = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("EXPLAIN POLICY " + sql)) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return lines;
    }

    private static List<String> withoutIdentity(Explained explained) {
        return explained.lines().stream()
                .filter(line -> !line.startsWith("identity"))
                .toList();
    }

    @Test
    void aPostgresSessionIsToldTheSame() throws Exception {
        String database = TestGateway.shop();
        try (TestGateway gateway = TestGateway.start(folder, database, "127.0.0.1:0");
                Connection maya = gateway.connect("maya")) {
            for (String sql : List.of(
                    MASKED,
                    "delete from customers",
                    "update orders set status = 'x' where id = 1",
                    "select what is this",
                    "select id from customers where email like 'x%'")) {
                assertThat(withoutIdentity(explain("maya", "shop", sql)))
                        .as(sql)
                        .isEqualTo(inSession(maya, sql));
            }
        }
        Explained masked = explain("maya", "shop/" + database, MASKED);
        assertThat(masked.verdict()).isEqualTo(Verdict.ALLOW);
        assertThat(masked.rule()).isEqualTo("reads");
        assertThat(masked.policy()).matches("pol_[0-9a-f]{8}");
        assertThat(masked.lines())
                .contains("identity   maya  human  groups analysts  roles analyst  login rw")
                .contains("column 2   e  from public.customers.email  masked: email");
        assertThat(explain("maya", "shop", "update orders set status = 'x' where id = 1")
                        .verdict())
                .isEqualTo(Verdict.APPROVE);
        assertThat(explain("maya", "shop", "drop table orders").verdict()).isEqualTo(Verdict.BLOCK);
        assertThat(explain("somebody", "shop", MASKED, "engineers").lines())
                .contains("identity   somebody  agent  groups engineers  roles engineer  login rw")
                .contains("column 2   e  from public.customers.email");
        assertThat(explain("lead", "shop", MASKED).lines().get(0)).startsWith("BLOCK      may not use shop");
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void aMySqlSessionIsToldTheSame(MySqlProductUnderTest product) throws Exception {
        MySqlServer server = product.server();
        try (MySqlGateway gateway = MySqlGateway.start(server, folder);
                Connection maya = gateway.connect("maya")) {
            for (String sql :
                    List.of(MASKED, "delete from customers", "select `id` /*!40000 , email */ from customers")) {
                assertThat(withoutIdentity(explain("maya", "shop", sql)))
                        .as(sql)
                        .isEqualTo(inSession(maya, sql));
            }
        }
    }

    @Test
    void aFileOfTheCatalogTakesTheServersPlace() throws Exception {
        TestGateway.write(folder, "nowhere", "127.0.0.1:0");
        Path server = folder.resolve("gatehouse.yaml");
        Files.writeString(
                server,
                Files.readString(server)
                        .replaceFirst(
                                "address: \"[^\"]*:\\d+\"\n    default", "address: \"127.0.0.1:1\"\n    default"));
        Path catalog = Files.writeString(folder.resolve("shop.json"), """
                {"schemas": ["public"], "relations": [{"schema": "public", "name": "customers", "columns": ["id", "email"]}]}
                """);
        assertThat(explain("maya", "shop", Optional.of(catalog.toString()), "select email from customers")
                        .lines())
                .contains("column 1   email  from public.customers.email  masked: email");
        fails(ExitCode.UNREACHABLE, "maya", "shop", "the catalog of shop/nowhere cannot be read");
        fails(ExitCode.NOT_FOUND, "nobody", "shop", "there is no local user \"nobody\"");
        fails(ExitCode.NOT_FOUND, "maya", "shopp", "there is no upstream \"shopp\"");
        fails(ExitCode.NOT_FOUND, "maya", "shop/x", "the upstream shop has no database \"x\"");
        Files.writeString(folder.resolve("policy.d/test.yaml"), "nothing: true");
        fails(ExitCode.INVALID, "maya", "shop", "nothing");
    }

    private void fails(ExitCode exit, String as, String to, String message) {
        assertThatThrownBy(() -> explain(as, to, MASKED))
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exit()).isEqualTo(exit));
    }
}
