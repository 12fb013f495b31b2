package dev.gatehouse.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.analyzer.lexer.MySqlLexer;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.testing.RealMariaDb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a real server cannot read, nobody here says to have understood; it is asked to prepare, so that nothing runs. */
final class MySqlMutantsTest {

    private static final int SYNTAX_ERROR = 1064;
    private static final int MOST_PERCENT = 1;

    private static Connection connection;
    private static Scope scope;

    @BeforeAll
    static void connect() throws SQLException {
        RealMariaDb server = RealMariaDb.shared();
        connection = server.connect(server.createDatabase());
        scope = new Scope(
                "shop",
                connection.getCatalog(),
                "maya",
                Optional.of(List.of()),
                Modes.MySql.of(connection.getMetaData().getDatabaseProductVersion(), "", 0));
        try (Statement statement = connection.createStatement()) {
            statement.execute("set sql_mode = ''");
        }
    }

    @AfterAll
    static void disconnect() throws SQLException {
        connection.close();
    }

    @Test
    void whatTheServerCannotReadIsRefusedAndWhatItCanReadIsTaken() throws IOException, SQLException {
        List<String> differing = new ArrayList<>();
        for (String sql : Oracle.lines("mysql-syntax.txt")) {
            if (isRead(sql) != isUnderstood(sql)) {
                differing.add(sql);
            }
        }
        assertThat(differing).isEmpty();
    }

    /** Each statement without one of its tokens, with one twice, and with two in each other's place. */
    @Test
    void nearlyNothingIsTakenThatLostAWord() throws IOException, SQLException {
        List<String> taken = new ArrayList<>();
        int refused = 0;
        for (String sql : Oracle.lines("mysql-syntax.txt")) {
            for (String mutant : mutants(sql)) {
                if (!isRead(mutant)) {
                    refused++;
                    if (isUnderstood(mutant)) {
                        taken.add(mutant);
                    }
                }
            }
        }
        assertThat(refused).isGreaterThan(5_000);
        assertThat(taken).hasSizeLessThanOrEqualTo(refused * MOST_PERCENT / 100);
    }

    private static Set<String> mutants(String sql) {
        Set<String> mutants = new LinkedHashSet<>();
        List<String> pieces = pieces(sql);
        for (int i = 0; i < pieces.size(); i++) {
            List<String> without = new ArrayList<>(pieces);
            without.set(i, " ");
            mutants.add(String.join("", without));
            List<String> twice = new ArrayList<>(pieces);
            twice.set(i, pieces.get(i) + " " + pieces.get(i) + " ");
            mutants.add(String.join("", twice));
            if (i + 1 < pieces.size()) {
                List<String> swapped = new ArrayList<>(pieces);
                swapped.set(i, pieces.get(i + 1) + " ");
                swapped.set(i + 1, pieces.get(i) + " ");
                mutants.add(String.join("", swapped));
            }
        }
        return mutants;
    }

    /** The text cut where its tokens begin. */
    private static List<String> pieces(String sql) {
        List<String> pieces = new ArrayList<>();
        try {
            List<Token> tokens = MySqlLexer.read(sql, (Modes.MySql) scope.modes());
            for (int i = 0; i + 1 < tokens.size(); i++) {
                int end = i + 2 < tokens.size() ? tokens.get(i + 1).position() - 1 : sql.length();
                pieces.add(sql.substring(tokens.get(i).position() - 1, end));
            }
        } catch (Unreadable e) {
            return List.of();
        }
        return pieces;
    }

    private static boolean isUnderstood(String sql) {
        return CommandReader.read(sql.getBytes(StandardCharsets.UTF_8), Snapshot.EMPTY, scope)
                        .analysis()
                instanceof Analysis.Understood;
    }

    private static boolean isRead(String sql) throws SQLException {
        String literal = sql.replace("\\", "\\\\").replace("'", "\\'");
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("prepare s from '" + literal + "'");
            return true;
        } catch (SQLException e) {
            return e.getErrorCode() != SYNTAX_ERROR;
        }
    }
}
