package dev.gatehouse.firewall.policy;

import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Table;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What one command reads, or what it writes. A table that is locked as a whole counts as written: nobody else can use it.
 *
 * @param complete whether this is everything
 */
record Touched(String upstream, Set<Table> tables, Set<Column> columns, boolean complete) {

    static Touched reads(String upstream, Command command) {
        Set<Table> tables = new LinkedHashSet<>();
        Set<Column> columns = new LinkedHashSet<>();
        for (Effect effect : command.effects()) {
            if (effect instanceof Effect.Reads reads) {
                tables.add(reads.table());
            } else if (effect instanceof Effect.Uses uses && uses.use() != Effect.Use.WRITTEN) {
                tables.add(uses.column().table());
                columns.add(uses.column());
            }
        }
        return new Touched(upstream, tables, columns, command.complete());
    }

    static Touched writes(String upstream, Command command) {
        Set<Table> tables = new LinkedHashSet<>();
        Set<Column> columns = new LinkedHashSet<>();
        for (Effect effect : command.effects()) {
            if (effect instanceof Effect.Writes writes) {
                tables.add(writes.table());
            } else if (effect instanceof Effect.Locks locks && !locks.rows()) {
                tables.add(locks.table());
            } else if (effect instanceof Effect.Uses uses && uses.use() == Effect.Use.WRITTEN) {
                tables.add(uses.column().table());
                columns.add(uses.column());
            }
        }
        return new Touched(upstream, tables, columns, command.complete());
    }

    /** The truth of anything said of an empty list: false, unless the list may be longer. */
    Truth nothing() {
        return complete ? Truth.NO : Truth.UNKNOWN;
    }
}
