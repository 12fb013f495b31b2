package dev.gatehouse.analyzer.grammar;

import dev.gatehouse.analyzer.grammar.MySqlSignature.Also;
import dev.gatehouse.analyzer.tree.Form;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** What a function is called with, as far as it was read, held against what its signature allows. */
final class MySqlArguments {

    private final MySqlSignature signature;
    private final List<SqlNode> values = new ArrayList<>();
    private boolean distinct;
    private boolean typed;
    private boolean star;
    private @Nullable SqlNodeList order;

    MySqlArguments(MySqlSignature signature) {
        this.signature = signature;
    }

    boolean may(Also more) {
        return signature.has(more);
    }

    void distinct() {
        distinct = true;
    }

    void add(SqlNode value) {
        values.add(value);
    }

    void star(SqlNode node) {
        star = true;
        values.add(node);
    }

    void order(SqlNodeList keys) {
        order = keys;
    }

    /** Whether the value that was added last may have a type. */
    boolean mayBeTyped() {
        return (may(Also.TYPED) && values.size() == 2) || (may(Also.PAIRS) && values.size() % 2 == pairsEnd());
    }

    /** Pairs that follow a value end at odd places. */
    private int pairsEnd() {
        return signature.least() % 2;
    }

    /** Whether values may have names, as those of a loadable function. */
    boolean takeNames() {
        return signature.equals(MySqlSignature.ANY);
    }

    void typed() {
        typed = true;
    }

    /** Whether these are values such a function has. */
    boolean areRight() {
        boolean counted = star
                ? values.size() == 1
                : signature.takes(values.size()) || (distinct && may(Also.STAR) && !values.isEmpty());
        return counted && (!may(Also.TYPED) || typed) && intervalsAreRight() && (!may(Also.NUMBERS) || areNumbers());
    }

    private boolean areNumbers() {
        return values.stream().allMatch(SqlNumericLiteral.class::isInstance);
    }

    private boolean intervalsAreRight() {
        for (int i = 0; i < values.size(); i++) {
            boolean interval = MySqlForms.isInterval(values.get(i));
            boolean may = i == 1 && (may(Also.INTERVAL) || may(Also.MAYBE_INTERVAL));
            boolean must = i == 1 && may(Also.INTERVAL);
            if (interval ? !may : must) {
                return false;
            }
        }
        return true;
    }

    /** Whether a call with or without a window is one of these. */
    boolean takeWindow(boolean windowed) {
        return windowed ? may(Also.OVER) || may(Also.ONLY_OVER) : !may(Also.ONLY_OVER);
    }

    SqlNode call(SqlIdentifier name, SqlParserPos position) {
        SqlNode call = Nodes.function(name, position, distinct, values);
        return order == null ? call : Form.ORDERED.node(position, call, order);
    }
}
