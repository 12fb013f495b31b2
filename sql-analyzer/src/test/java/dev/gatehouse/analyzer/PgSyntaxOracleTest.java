package dev.gatehouse.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.analyzer.SyntaxOracle.Answer;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.testing.RealPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What PostgreSQL parses is understood, and what it refuses as no statement is not. */
final class PgSyntaxOracleTest {

    /** Tables, columns, functions, schemas, types and parameters that the text names. */
    private static final Set<String> NOT_THERE = Set.of("42P01", "42703", "42883", "42704", "3F000", "42P02", "42P18");

    private static final int SENTENCES = 1000;

    private final Connection connection;
    private final SyntaxOracle oracle;

    PgSyntaxOracleTest() throws SQLException {
        RealPostgres server = RealPostgres.shared();
        connection = server.connect(server.createDatabase());
        Scope scope =
                new Scope("shop", "shop", "app", Optional.of(List.of("$user", "public")), new Modes.PostgreSql(true));
        oracle = new SyntaxOracle(this::prepare, Shop.snapshot(), scope);
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    /** Parse and Describe, with the driver's own way to write parameters. */
    private Answer prepare(String sql) {
        String written = sql.replace("?", "??").replaceAll("\\$\\d+", "?");
        try (PreparedStatement statement = connection.prepareStatement(written)) {
            statement.getMetaData();
            return Answer.TAKEN;
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            return state.equals("42601") ? Answer.REFUSED : NOT_THERE.contains(state) ? Answer.TAKEN : Answer.OTHER;
        }
    }

    private static List<String> statements() throws IOException {
        List<String> statements = new ArrayList<>(Oracle.lines("postgres-queries.sql"));
        Oracle.lines("verb/postgresql.txt").stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" \\|", -1)[1].strip())
                .forEach(statements::add);
        return statements;
    }

    @Test
    void whatTheServerParsesIsUnderstood() throws SQLException, IOException {
        oracle.take(statements());
        oracle.take(SyntaxOracle.sentences("postgresql.txt", SENTENCES));
        System.out.println("POSTGRESQL " + oracle.counts());
        assertThat(oracle.missed()).as(oracle.toString()).isLessThanOrEqualTo(2);
    }

    @Test
    void whatTheServerRefusesIsNot() throws SQLException, IOException {
        oracle.change(statements(), 3);
        oracle.change(SyntaxOracle.sentences("postgresql.txt", SENTENCES), 1);
        System.out.println("POSTGRESQL " + oracle.counts());
        assertThat(oracle.missed()).as(oracle.toString()).isLessThanOrEqualTo(2);
        assertThat(oracle.invented()).as(oracle.toString()).isLessThanOrEqualTo(5);
    }
}
