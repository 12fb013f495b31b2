package dev.gatehouse.analyzer.lineage;

import dev.gatehouse.analyzer.lineage.Rowset.Field;
import dev.gatehouse.analyzer.tree.Form;
import java.math.BigDecimal;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.jspecify.annotations.Nullable;

/**
 * Follows what rows are ordered or grouped by: the number or name of a result column, or an expression.
 *
 * @param rows the result's columns
 * @param mode what becomes of the keys' values
 * @param resultFirst whether a name means a result column before it means a table's
 */
record Keys(Lineage lineage, Frame frame, Rowset rows, Mode mode, boolean resultFirst) {

    void all(Iterable<? extends @Nullable SqlNode> keys) {
        for (SqlNode key : keys) {
            if (key != null) {
                key(key);
            }
        }
    }

    private void key(SqlNode key) {
        switch (key.getKind()) {
            case DESCENDING, NULLS_FIRST, NULLS_LAST -> key(((SqlCall) key).operand(0));
            case LITERAL -> {
                lineage.findings.exact();
                lineage.findings.uses(ordinal((SqlLiteral) key), mode, lineage.position(key));
            }
            case IDENTIFIER -> named((SqlIdentifier) key);
            case ROW, ROLLUP, CUBE, GROUPING_SETS, GROUP_BY_DISTINCT -> {
                if (resultFirst) {
                    lineage.expressions.value(key, frame, mode);
                } else {
                    all(((SqlCall) key).getOperandList());
                }
            }
            default -> {
                if (key instanceof SqlNodeList list) {
                    all(list);
                } else if (Form.SORT_USING.is(key)) {
                    key(((SqlCall) key).operand(0));
                } else {
                    lineage.expressions.value(key, frame, mode);
                }
            }
        }
    }

    private void named(SqlIdentifier name) {
        if (!name.isSimple()) {
            lineage.expressions.value(name, frame, mode);
            return;
        }
        String simple = name.getSimple();
        Trace result = Trace.NONE;
        boolean certain = false;
        for (Field field : rows.fields()) {
            if (lineage.rules.mayBe(field, simple)) {
                result = result.and(field.trace());
                certain |= lineage.rules.sameColumn(field.name(), simple);
            }
        }
        lineage.census.see(name);
        lineage.findings.uses(result, mode, lineage.position(name));
        if (!certain || (!resultFirst && lineage.columns.knows(name, frame))) {
            lineage.expressions.value(name, frame, mode);
        }
    }

    private Trace ordinal(SqlLiteral literal) {
        if (literal instanceof SqlNumericLiteral number && number.isInteger() && !rows.open()) {
            BigDecimal ordinal = Objects.requireNonNull(number.bigDecimalValue());
            if (ordinal.signum() > 0
                    && ordinal.compareTo(BigDecimal.valueOf(rows.fields().size())) <= 0) {
                return rows.at(ordinal.intValueExact() - 1);
            }
        }
        return rows.whole();
    }
}
