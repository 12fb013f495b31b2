package dev.gatehouse.analyzer.lineage;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/**
 * What stands after a query and concerns it.
 *
 * @param orders the keys it is ordered by, innermost last
 * @param locks the clauses that lock its rows
 */
record Ending(List<SqlNodeList> orders, List<SqlNode> locks) {

    static final Ending NONE = new Ending(List.of(), List.of());

    Ending ordered(@Nullable SqlNodeList keys) {
        if (keys == null || keys.isEmpty()) {
            return this;
        }
        List<SqlNodeList> more = new ArrayList<>(orders);
        more.add(keys);
        return new Ending(more, locks);
    }

    Ending locked(SqlNode clauses) {
        List<SqlNode> more = new ArrayList<>(locks);
        if (clauses instanceof SqlNodeList list) {
            list.forEach(more::add);
        } else {
            more.add(clauses);
        }
        return new Ending(orders, more);
    }
}
