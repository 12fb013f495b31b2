package dev.gatehouse.analyzer.lineage;

import dev.gatehouse.analyzer.tree.Form;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNodeList;

/**
 * Tells which operators of MySQL and MariaDB may fail by the values they are given, or warn of them: what cannot be computed
 * is null there, and {@code SHOW WARNINGS} tells that it was. Where values of two types meet, one is turned into the other, and
 * a text that is no number is warned of.
 */
final class MySqlFailures {

    /** True, false or null. */
    private static final Set<SqlKind> TRUTHS = EnumSet.of(
            SqlKind.AND,
            SqlKind.OR,
            SqlKind.NOT,
            SqlKind.EQUALS,
            SqlKind.NOT_EQUALS,
            SqlKind.LESS_THAN,
            SqlKind.LESS_THAN_OR_EQUAL,
            SqlKind.GREATER_THAN,
            SqlKind.GREATER_THAN_OR_EQUAL,
            SqlKind.IS_NULL,
            SqlKind.IS_NOT_NULL,
            SqlKind.IS_TRUE,
            SqlKind.IS_NOT_TRUE,
            SqlKind.IS_FALSE,
            SqlKind.IS_NOT_FALSE,
            SqlKind.IN,
            SqlKind.NOT_IN,
            SqlKind.BETWEEN,
            SqlKind.LIKE,
            SqlKind.EXISTS,
            SqlKind.LITERAL);

    private MySqlFailures() {}

    static boolean may(SqlCall call) {
        return switch (call.getKind()) {
            case AND, OR, NOT, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE, IS_UNKNOWN ->
                !call.getOperandList().stream().allMatch(operand -> TRUTHS.contains(operand.getKind()));
            case IS_NULL, IS_NOT_NULL, ROW, GROUPING -> false;
            case EQUALS,
                    NOT_EQUALS,
                    LESS_THAN,
                    LESS_THAN_OR_EQUAL,
                    GREATER_THAN,
                    GREATER_THAN_OR_EQUAL,
                    IN,
                    NOT_IN,
                    BETWEEN,
                    NULLIF,
                    GREATEST,
                    LEAST -> !isOfTexts(call);
            case LIKE -> !call.getOperandList().stream().skip(1).allMatch(SqlLiteral.class::isInstance);
            case MINUS_PREFIX -> !(call.operand(0) instanceof SqlLiteral);
            default ->
                !(Form.COLLATE.is(call)
                        || Form.BITS.is(call)
                        || call.getOperator().getName().equals("||"));
        };
    }

    /** Whether a value is compared with nothing but constant texts. */
    private static boolean isOfTexts(SqlCall call) {
        long others = call.getOperandList().stream()
                .flatMap(operand -> operand instanceof SqlNodeList list ? list.stream() : Stream.of(operand))
                .filter(operand -> !(operand instanceof SqlCharStringLiteral))
                .count();
        return others <= 1;
    }
}
