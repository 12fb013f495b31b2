package dev.gatehouse.analyzer.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.analyzer.lexer.MySqlLexer;
import dev.gatehouse.analyzer.tree.Select;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.testing.MySqlProduct;
import dev.gatehouse.testing.MySqlServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server computes the same from an expression and from its tree written out with all parentheses. */
@ParameterizedClass
@EnumSource(MySqlProduct.class)
final class MySqlPrecedenceTest {

    private static final int EXPRESSIONS = 400;
    private static final String[] BINARY =
            "+ - * / DIV MOD % ^ | & << >> = <=> <> < <= > >= AND OR XOR && || LIKE".split(" ");
    private static final String[] PREFIX = {"NOT ", "! ", "- ", "~ ", "BINARY "};

    private final MySqlServer server;

    MySqlPrecedenceTest(MySqlProduct product) {
        server = product.server();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PIPES_AS_CONCAT", "HIGH_NOT_PRECEDENCE"})
    void theTreeMeansWhatTheServerComputes(String sqlMode) throws SQLException {
        try (Connection connection = server.connect("mysql");
                Statement statement = connection.createStatement()) {
            statement.execute("set sql_mode = '" + sqlMode + "'");
            Modes.MySql modes = modes(statement);
            Random random = new Random(42);
            List<String> differing = new ArrayList<>();
            int compared = 0;
            for (int i = 0; i < EXPRESSIONS; i++) {
                String written = expression(random);
                String result = compute(statement, written);
                if (!result.equals("refused")) {
                    compared++;
                    String explicit = explicit(written, modes);
                    if (!result.equals(compute(statement, explicit))) {
                        differing.add(written + " is not " + explicit);
                    }
                }
            }
            assertThat(differing).isEmpty();
            assertThat(compared).isGreaterThan(EXPRESSIONS / 3);
        }
    }

    private static Modes.MySql modes(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select @@version, @@sql_mode, @@lower_case_table_names")) {
            row.next();
            return (Modes.MySql) Modes.MySql.of(row.getString(1), row.getString(2), row.getInt(3));
        }
    }

    private static String expression(Random random) {
        StringBuilder written = new StringBuilder();
        int operators = 2 + random.nextInt(3);
        for (int i = 0; i <= operators; i++) {
            if (random.nextInt(4) == 0) {
                written.append(PREFIX[random.nextInt(PREFIX.length)]);
            }
            written.append(random.nextInt(4));
            written.append(
                    switch (random.nextInt(12)) {
                        case 0 -> " IS NULL";
                        case 1 -> " IS NOT TRUE";
                        case 2 -> " IN (1, 2)";
                        case 3 -> " BETWEEN 1 AND 2";
                        case 4 -> " NOT BETWEEN 0 AND 1";
                        default -> "";
                    });
            if (i < operators) {
                written.append(' ')
                        .append(BINARY[random.nextInt(BINARY.length)])
                        .append(' ');
            }
        }
        return written.toString();
    }

    private static String explicit(String written, Modes.MySql modes) {
        Select select = (Select) MySqlReader.read(MySqlLexer.read("select " + written, modes), modes);
        return explicit(select.getSelectList().get(0));
    }

    private static String explicit(SqlNode node) {
        if (!(node instanceof SqlCall call)) {
            return node.toString();
        }
        String name = call.getOperator().getName();
        String first = explicit(call.operand(0));
        return "("
                + switch (name) {
                    case "BETWEEN ASYMMETRIC", "NOT BETWEEN ASYMMETRIC" ->
                        first
                                + name.replace(" ASYMMETRIC", " ")
                                        .replace("NOT", " NOT")
                                        .replace("BETWEEN", " BETWEEN ")
                                + explicit(call.operand(1)) + " AND " + explicit(call.operand(2));
                    case "IN" -> first + " IN (1, 2)";
                    default ->
                        call.operandCount() == 2
                                ? first + " " + name + " " + explicit(call.operand(1))
                                : name.startsWith("IS ") ? first + " " + name : name + " " + first;
                }
                + ")";
    }

    private static String compute(Statement statement, String expression) {
        try (ResultSet row = statement.executeQuery("select " + expression)) {
            row.next();
            return String.valueOf(row.getString(1));
        } catch (SQLException e) {
            return "refused";
        }
    }
}
