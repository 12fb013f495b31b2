package dev.gatehouse.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.analyzer.SyntaxOracle.Answer;
import dev.gatehouse.testing.MySqlProduct;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a real server prepares is understood, and what it refuses as no statement is not. */
@ParameterizedClass
@EnumSource(MySqlProduct.class)
final class MySqlSyntaxOracleTest {

    /** ER_PARSE_ERROR, ER_SYNTAX_ERROR. */
    private static final Set<Integer> NO_STATEMENT = Set.of(1064, 1149);

    /** Databases, tables, columns, keys, routines, variables, accounts and the like that the text names. */
    private static final Set<Integer> NOT_THERE = Set.of(
            1049, 1051, 1054, 1072, 1091, 1109, 1128, 1133, 1146, 1176, 1193, 1243, 1286, 1305, 1396, 1477, 4091);

    private static final int SENTENCES = 1000;
    private static final List<String> FILES = List.of(
            "mysql-queries.sql", "mariadb-queries.sql", "mysql9-queries.sql", "mysql-shadows.sql", "mysql/manual.txt");
    private static final MySqlSites SITES = new MySqlSites(site -> {});

    private final MySqlSite site;
    private final Connection connection;
    private final SyntaxOracle oracle;

    MySqlSyntaxOracleTest(MySqlProduct product) throws SQLException {
        site = SITES.on(product);
        connection = site.connect("");
        oracle = new SyntaxOracle(this::prepare, site.snapshot(), site.scope(""));
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    @AfterAll
    static void close() {
        SITES.close();
    }

    private Answer prepare(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("prepare s from '" + sql.replace("\\", "\\\\").replace("'", "\\'") + "'");
            return Answer.TAKEN;
        } catch (SQLNonTransientConnectionException e) {
            throw new SQLException("lost the server with " + sql, e);
        } catch (SQLException e) {
            return NO_STATEMENT.contains(e.getErrorCode())
                    ? Answer.REFUSED
                    : NOT_THERE.contains(e.getErrorCode()) ? Answer.TAKEN : Answer.OTHER;
        }
    }

    /** Without those with a query among a procedure's arguments, which end MariaDB 11.4.5. */
    private static List<String> sentences() {
        return SyntaxOracle.sentences("mysql.txt", SENTENCES).stream()
                .filter(sentence -> !sentence.startsWith("CALL"))
                .toList();
    }

    private static List<String> statements() throws IOException {
        List<String> statements = new ArrayList<>();
        for (String file : FILES) {
            Oracle.lines(file).stream()
                    .filter(line -> !line.matches("[#=].*|    .*"))
                    .map(line -> line.replace("{hr}", "hr"))
                    .forEach(statements::add);
        }
        return statements;
    }

    @Test
    void whatTheServerPreparesIsUnderstood() throws SQLException, IOException {
        oracle.take(statements());
        oracle.take(sentences());
        System.out.println(site.product() + " " + oracle.counts());
        assertThat(oracle.missed()).as(oracle.toString()).isLessThanOrEqualTo(2);
    }

    /** What is taken here counts for less: the few changed texts that still are statements repeat what the others miss. */
    @Test
    void whatTheServerRefusesIsNot() throws SQLException, IOException {
        oracle.change(statements(), 2);
        oracle.change(sentences(), 1);
        System.out.println(site.product() + " " + oracle.counts());
        assertThat(oracle.invented()).as(oracle.toString()).isLessThanOrEqualTo(5);
    }
}
