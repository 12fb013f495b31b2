package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.analyzer.catalog.Snapshot.Relation;
import dev.gatehouse.analyzer.lineage.Trace;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Table;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables whose rows a table may show, or which may show its rows: protection of a column holds in all of them.
 *
 * <p>Reading a table shows the rows of its partitions and of what inherits from it; a partition's rows are its parent's
 * too. So a column is traced to the columns of the same name in the table itself, in everything below it, and in
 * everything above any of these: a mask on the parent holds for who reads the child, a mask on the child for who reads
 * the parent. The other children of a parent stay apart. {@code ONLY} makes no difference.
 *
 * <p>What is said to be read is the table that is named, as PostgreSQL checks privileges: of the parent when the parent is
 * named, of the child when the child is. What is said to be written are also the tables below it whose rows change.
 *
 * @param tables the table itself first
 * @param whole whether these are all; false when there are more than can be followed
 * @see <a href="https://www.postgresql.org/docs/current/ddl-inherit.html">Inheritance</a>
 */
record Family(Set<Table> tables, boolean whole) {

    static final int MAX_DESCENDANTS = 1000;

    static Family of(Relation relation, Snapshot snapshot) {
        Set<Table> below = descended(relation.table(), false, snapshot);
        return new Family(withAncestors(below, snapshot), below.size() <= MAX_DESCENDANTS);
    }

    /**
     * The tables below a table, without itself; an unknown one among them stands for more than can be followed.
     *
     * @param partitions whether only partitions count
     */
    static Set<Table> below(Table table, boolean partitions, Snapshot snapshot) {
        Set<Table> below = descended(table, partitions, snapshot);
        if (below.size() > MAX_DESCENDANTS) {
            below.add(new Table(Table.UNKNOWN, Table.UNKNOWN));
        }
        below.remove(table);
        return below;
    }

    private static Set<Table> descended(Table top, boolean partitions, Snapshot snapshot) {
        Set<Table> below = new LinkedHashSet<>();
        Deque<Table> open = new ArrayDeque<>(List.of(top));
        while (!open.isEmpty() && below.size() <= MAX_DESCENDANTS) {
            Table table = open.pop();
            if (below.add(table) && (!partitions || isPartitioned(snapshot.relation(table)))) {
                open.addAll(snapshot.children(table));
            }
        }
        return below;
    }

    private static boolean isPartitioned(@Nullable Relation relation) {
        return relation != null && relation.sort() == Relation.Sort.PARTITIONED_TABLE;
    }

    private static Set<Table> withAncestors(Collection<Table> tables, Snapshot snapshot) {
        Set<Table> all = new LinkedHashSet<>();
        Deque<Table> open = new ArrayDeque<>(tables);
        while (!open.isEmpty()) {
            Table table = open.pop();
            Relation member = snapshot.relation(table);
            if (all.add(table) && member != null) {
                open.addAll(member.parents());
            }
        }
        return all;
    }

    /** The columns of this name in all of the tables. */
    Trace trace(String column, Snapshot snapshot) {
        Set<Column> columns = new HashSet<>();
        for (Table table : tables) {
            Relation member = snapshot.relation(table);
            if (member != null
                    && member.columns().stream().anyMatch(c -> c.name().equals(column))) {
                columns.add(new Column(table, column));
            }
        }
        return new Trace(columns, whole, true, true);
    }
}
