package dev.gatehouse.analyzer.grammar;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** A window's frame as far as it was read. */
final class PgFrame {

    private boolean rows;
    private @Nullable SqlNode lower;
    private @Nullable SqlNode upper;
    private @Nullable SqlLiteral exclusion;

    void rows() {
        rows = true;
    }

    void lower(SqlNode bound) {
        lower = bound;
    }

    void upper(SqlNode bound) {
        upper = bound;
    }

    void exclude(SqlLiteral what) {
        exclusion = what;
    }

    /** The window with this frame. Bounds in groups are told as those in values. */
    SqlNode window(
            @Nullable SqlIdentifier name,
            @Nullable SqlIdentifier reference,
            SqlNodeList partition,
            SqlNodeList order,
            SqlParserPos position) {
        SqlLiteral excluded = exclusion == null ? SqlWindow.createExcludeNoOthers(position) : exclusion;
        return new SqlWindow(
                position,
                name,
                reference,
                partition,
                order,
                SqlLiteral.createBoolean(rows, position),
                lower,
                upper,
                null,
                excluded);
    }
}
