package dev.gatehouse.analyzer.grammar;

import dev.gatehouse.analyzer.tree.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** What a function is called with, as far as it was read. */
final class MySqlArguments {

    /** Aggregates whose input may be put in order. */
    private static final Set<String> ORDERED = Set.of("group_concat", "json_arrayagg");

    private final List<SqlNode> values = new ArrayList<>();
    private boolean distinct;
    private @Nullable SqlNodeList order;

    void distinct() {
        distinct = true;
    }

    void add(SqlNode value) {
        values.add(value);
    }

    void order(SqlNodeList keys) {
        order = keys;
    }

    boolean isAggregate(SqlIdentifier name) {
        return name.isSimple() && ORDERED.contains(name.getSimple().toLowerCase(Locale.ROOT));
    }

    SqlNode call(SqlIdentifier name, SqlParserPos position) {
        SqlNode call = Nodes.function(name, position, distinct, values);
        return order == null ? call : Form.ORDERED.node(position, call, order);
    }
}
