package dev.gatehouse.analyzer.grammar;

import dev.gatehouse.analyzer.lexer.MySqlLexer;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.firewall.statement.Modes;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.jspecify.annotations.Nullable;

/** Shows the tree of a MySQL statement in one line. */
final class MySqlTree {

    static final Modes.MySql MARIADB = modes("10.11.6-MariaDB", "");
    static final Modes.MySql MYSQL = modes("9.1.0", "");

    private MySqlTree() {}

    static Modes.MySql modes(String version, String sqlMode) {
        return (Modes.MySql) Modes.MySql.of(version, sqlMode, 0);
    }

    static SqlNode read(String sql, Modes.MySql modes) {
        return MySqlReader.read(MySqlLexer.read(sql, modes), modes);
    }

    /** The tree as nested calls. */
    static String show(String sql, Modes.MySql modes) {
        return show(read(sql, modes));
    }

    static String show(@Nullable SqlNode node) {
        if (node == null) {
            return "-";
        }
        if (node instanceof SqlNodeList list) {
            return list.stream().map(MySqlTree::show).toList().toString();
        }
        if (node instanceof SqlDataTypeSpec type) {
            return type.toString();
        }
        if (node instanceof SqlCall call) {
            String name = call.getOperator() instanceof SqlUnresolvedFunction function
                    ? function.getNameAsId().toString()
                    : call.getOperator().getName();
            String quantifier = call.getFunctionQuantifier() == null ? "" : "distinct ";
            String operands = String.join(
                    ", ", call.getOperandList().stream().map(MySqlTree::show).toList());
            return name + "(" + quantifier + operands + ")";
        }
        return node.toString().replace("_UTF-8", "");
    }

    /** All names in a tree, one part each. */
    static List<String> names(String sql, Modes.MySql modes) {
        List<String> names = new ArrayList<>();
        collect(read(sql, modes), names);
        return names;
    }

    private static void collect(@Nullable SqlNode node, List<String> names) {
        if (node instanceof SqlIdentifier identifier) {
            names.addAll(identifier.names);
        } else if (node instanceof SqlNodeList list) {
            list.forEach(each -> collect(each, names));
        } else if (node instanceof SqlCall call) {
            if (call.getOperator() instanceof SqlUnresolvedFunction function) {
                collect(function.getNameAsId(), names);
            }
            call.getOperandList().forEach(each -> collect(each, names));
        }
    }

    /** The names that are quoted in a text. */
    static List<String> quoted(String sql, Modes.MySql modes) {
        return MySqlLexer.read(sql, modes).stream()
                .filter(token -> token.sort() == Token.Sort.QUOTED)
                .map(Token::text)
                .toList();
    }
}
