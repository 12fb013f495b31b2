package dev.gatehouse.analyzer.grammar;

import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** A window's frame as far as it was read. */
final class MySqlFrame {

    /** Words that begin a part of a window and are not its name. */
    static final Set<String> WORDS = Set.of("partition", "order", "range", "rows");

    private boolean rows;
    private @Nullable SqlNode lower;
    private @Nullable SqlNode upper;
    private @Nullable SqlLiteral exclusion;

    void rows(boolean written) {
        rows = written;
    }

    void lower(SqlNode bound) {
        lower = bound;
    }

    void upper(SqlNode bound) {
        upper = bound;
    }

    /** Takes what comes after EXCLUDE. */
    void exclude(MySqlLookahead words) {
        if (words.accept("current")) {
            words.expect("row");
            exclusion = SqlWindow.createExcludeCurrentRow(words.here());
        } else if (words.accept("group")) {
            exclusion = SqlWindow.createExcludeGroup(words.here());
        } else if (words.accept("ties")) {
            exclusion = SqlWindow.createExcludeTies(words.here());
        } else {
            words.expect("no", "others");
            exclusion = SqlWindow.createExcludeNoOthers(words.here());
        }
    }

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
