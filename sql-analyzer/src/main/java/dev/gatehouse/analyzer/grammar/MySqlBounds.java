package dev.gatehouse.analyzer.grammar;

import dev.gatehouse.analyzer.lexer.Unreadable;
import java.util.Set;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** How many of a query's rows are wanted, as far as it was read. */
final class MySqlBounds {

    /** Words that may follow a query. */
    static final Set<String> WORDS = Set.of("limit", "offset", "fetch", "into", "for", "lock");

    private @Nullable SqlNode offset;
    private @Nullable SqlNode fetch;

    void fetch(SqlNode count) {
        once(fetch, count);
        fetch = count;
    }

    void offset(SqlNode count) {
        once(offset, count);
        offset = count;
    }

    /** Takes the second number of {@code LIMIT a, b}: then the first one was the offset. */
    void afterComma(SqlNode count) {
        once(offset, count);
        offset = fetch;
        fetch = count;
    }

    /** One row, where FETCH FIRST names no number. */
    void fetchOne(SqlParserPos position) {
        if (fetch == null) {
            fetch = SqlLiteral.createExactNumeric("1", position);
        }
    }

    private static void once(@Nullable SqlNode before, SqlNode count) {
        if (before != null) {
            throw new Unreadable("two LIMITs", count.getParserPosition().getColumnNum());
        }
    }

    /** The query with these bounds and its order, where it has any. */
    SqlNode around(SqlParserPos position, SqlNode query, @Nullable SqlNodeList order) {
        return order == null && offset == null && fetch == null
                ? query
                : new SqlOrderBy(position, query, order == null ? SqlNodeList.EMPTY : order, offset, fetch);
    }
}
