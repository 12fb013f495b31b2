package dev.gatehouse.analyzer.lineage;

import dev.gatehouse.analyzer.tree.Form;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/** The names of result columns that have no alias. */
final class Figures {

    private Figures() {}

    /** The name a dialect gives a column by its expression; {@link Rowset#UNNAMED} where that is not certain. */
    static String of(SqlNode node, Rules rules) {
        if (node instanceof SqlIdentifier name) {
            return name.names.get(name.names.size() - 1);
        }
        return rules.figured() && node instanceof SqlCall call ? figure(call, rules) : Rowset.UNNAMED;
    }

    private static String figure(SqlCall call, Rules rules) {
        return switch (call.getKind()) {
            case CAST, ITEM, OVER, FILTER, WITHIN_GROUP -> of(call.operand(0), rules);
            case DOT -> of(call.operand(1), rules);
            case EXISTS -> "exists";
            case COALESCE -> "coalesce";
            case NULLIF -> "nullif";
            case GREATEST, GREATEST_PG -> "greatest";
            case LEAST, LEAST_PG -> "least";
            case GROUPING -> "grouping";
            case ARRAY_VALUE_CONSTRUCTOR, ARRAY_QUERY_CONSTRUCTOR -> "array";
            case ROW -> "row";
            default -> {
                if (Form.COLLATE.is(call) || Form.SLICE.is(call) || Form.ORDERED.is(call)) {
                    yield of(call.operand(0), rules);
                }
                yield Calls.isCall(call) ? Calls.last(call) : Rowset.UNNAMED;
            }
        };
    }
}
