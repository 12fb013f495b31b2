package dev.gatehouse.firewall.policy;

import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Table;
import java.util.List;

/**
 * The condition of a rule on what a statement reads, or on what it writes.
 *
 * @param tables tables, by name; none asks nothing
 * @param columns columns, by name; none asks nothing
 * @param tags tags of columns; none asks nothing
 */
public record Touch(List<NamePattern> tables, List<NamePattern> columns, Names tags) {

    public Touch {
        tables = List.copyOf(tables);
        columns = List.copyOf(columns);
    }

    /** Whether it asks about columns, not only about tables. */
    boolean ofColumns() {
        return !columns.isEmpty() || !tags.isEmpty();
    }

    /** Whether one of the tables and columns is what this names. */
    Truth any(Touched touched, Tags known) {
        Truth result = touched.complete() ? Truth.NO : Truth.UNKNOWN;
        if (ofColumns()) {
            for (Column column : touched.columns()) {
                result = result.or(column(touched.upstream(), column, known));
            }
        } else {
            for (Table table : touched.tables()) {
                result = result.or(table(touched.upstream(), table));
            }
        }
        return result;
    }

    /** Whether there is something, and all of it is what this names. */
    Truth all(Touched touched, Tags known) {
        Truth result = touched.complete() ? Truth.YES : Truth.UNKNOWN;
        if (!tables.isEmpty()) {
            result = touched.tables().isEmpty() ? result.and(touched.nothing()) : result;
            for (Table table : touched.tables()) {
                result = result.and(table(touched.upstream(), table));
            }
        }
        if (ofColumns()) {
            result = touched.columns().isEmpty() ? result.and(touched.nothing()) : result;
            for (Column column : touched.columns()) {
                result = result.and(column(touched.upstream(), column, known));
            }
        }
        return result;
    }

    Truth table(String upstream, Table table) {
        Truth result = Truth.NO;
        for (NamePattern pattern : tables) {
            result = result.or(pattern.table(upstream, table));
        }
        return result;
    }

    Truth column(String upstream, Column column, Tags known) {
        Truth result = tables.isEmpty() ? Truth.YES : table(upstream, column.table());
        if (!columns.isEmpty()) {
            result = result.and(Tags.named(columns, upstream, column));
        }
        return tags.isEmpty() ? result : result.and(known.tagged(tags, upstream, column));
    }
}
