package dev.gatehouse.analyzer.lineage;

import dev.gatehouse.analyzer.lineage.Frame.Source;
import dev.gatehouse.analyzer.lineage.Rowset.Field;
import dev.gatehouse.firewall.statement.Effect.Use;
import dev.gatehouse.firewall.statement.Table;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** Finds what the names in expressions mean, from the level they stand at outwards. */
final class Columns {

    private final Lineage lineage;
    private final Rules rules;

    Columns(Lineage lineage) {
        this.lineage = lineage;
        this.rules = lineage.rules;
    }

    /** Follows a name that stands for a value. */
    Trace value(SqlIdentifier name, Frame frame, Mode mode) {
        lineage.census.see(name);
        Trace trace = name.isSimple() ? simple(name, frame) : qualified(name, frame);
        lineage.findings.uses(trace, mode, lineage.last(name));
        return trace;
    }

    /** Follows a table's name that stands for its whole row. */
    Trace row(SqlIdentifier alias, Frame frame, Mode mode) {
        lineage.census.see(alias);
        Source source = source(alias, frame);
        Trace trace = source == null ? unknown() : source.rows().whole().computed();
        lineage.findings.uses(trace, mode, lineage.position(alias));
        return trace;
    }

    /** Follows {@code (t).a}, where it is for certain the table's column; null where it may mean something else. */
    @Nullable
    Trace field(SqlIdentifier alias, SqlIdentifier name, Frame frame, Mode mode) {
        Source source = source(alias, frame);
        List<Field> fields = source == null || source.rows().open()
                ? List.of()
                : source.rows().fields();
        for (Field field : fields) {
            if (rules.sameColumn(field.name(), name.getSimple())) {
                lineage.census.see(alias);
                lineage.findings.uses(field.trace(), mode, lineage.position(name));
                return field.trace();
            }
        }
        return null;
    }

    /** Follows a column of the row an INSERT proposes; where there is none, it may hold anything. */
    Trace proposed(SqlIdentifier name, Frame start, Mode mode) {
        lineage.census.see(name);
        String column = name.names.get(name.names.size() - 1);
        for (Frame frame = start; frame != null; frame = frame.parent()) {
            for (Source source : frame.sources()) {
                if (source.hidden() && source.alias().equals(Writes.PROPOSED)) {
                    Trace found = source.rows().rest();
                    for (Field field : source.rows().fields()) {
                        found = rules.sameColumn(field.name(), column) ? field.trace() : found;
                    }
                    lineage.findings.uses(found, mode, lineage.last(name));
                    return found;
                }
            }
        }
        lineage.findings.uses(Trace.UNKNOWN, mode, lineage.last(name));
        return Trace.UNKNOWN;
    }

    private Trace unknown() {
        lineage.findings.missing();
        return Trace.UNKNOWN;
    }

    /** Whether a simple name means a column of this very level. */
    boolean knows(SqlIdentifier name, Frame frame) {
        return frame.sources().stream()
                .filter(source -> !source.hidden())
                .anyMatch(source -> source.rows().open()
                        || source.rows().fields().stream().anyMatch(f -> rules.mayBe(f, name.getSimple())));
    }

    /** Whether a name means a table, and no column. */
    boolean isRow(SqlIdentifier name, Frame frame) {
        return source(name, frame) != null && !(name.isSimple() && knows(name, frame));
    }

    private Trace simple(SqlIdentifier identifier, Frame start) {
        Search search = new Search(identifier.getSimple(), start);
        for (Frame frame = start; frame != null; frame = frame.parent()) {
            if (search.isCertainAt(frame)) {
                return search.found;
            }
        }
        Source row = rules.wholeRows() ? source(identifier, start) : null;
        if (row != null) {
            return search.found.and(row.rows().whole().computed());
        }
        return search.guessed ? search.found : unknown();
    }

    /** The search for a simple name through the levels. */
    private final class Search {

        private final String name;
        private final Frame start;
        private Trace found = Trace.NONE;
        private boolean guessed;

        Search(String name, Frame start) {
            this.name = name;
            this.start = start;
        }

        /** Whether the name means a column of this level for certain; what it may mean is added up. */
        boolean isCertainAt(Frame frame) {
            boolean certain = false;
            for (Source source : frame.sources()) {
                if (!source.hidden() || frame.sources().size() == 1) {
                    certain |= isCertainIn(source, frame);
                }
            }
            if (rules.aliasesAreSeen()) {
                for (Field field : frame.results(start).fields()) {
                    if (rules.sameColumn(field.name(), name)) {
                        add(field.trace());
                        certain = true;
                    }
                }
            }
            if (certain || (rules.systemColumns().contains(name) && hasTable(frame))) {
                return true;
            }
            for (Source source : frame.sources()) {
                if (source.rows().open() && !source.hidden()) {
                    add(source.rows().rest());
                    frame.hit(source);
                }
            }
            return false;
        }

        private boolean isCertainIn(Source source, Frame frame) {
            boolean certain = false;
            for (Field field : source.rows().fields()) {
                if (rules.mayBe(field, name)) {
                    add(field.trace());
                    certain |= rules.sameColumn(field.name(), name);
                    frame.hit(source);
                }
            }
            if (isKey(name, source)) {
                add(source.rows().whole());
                frame.hit(source);
                certain = true;
            }
            return certain;
        }

        private void add(Trace trace) {
            found = found.and(trace);
            guessed = true;
        }
    }

    private boolean isKey(String name, Source source) {
        return source.table() != null && rules.keyColumns().stream().anyMatch(key -> rules.sameColumn(key, name));
    }

    private static boolean hasTable(Frame frame) {
        return frame.sources().stream().anyMatch(source -> source.table() != null);
    }

    private Trace qualified(SqlIdentifier identifier, Frame start) {
        String column = identifier.names.get(identifier.names.size() - 1);
        Source source = source(identifier.getComponent(0, identifier.names.size() - 1), start);
        if (source == null) {
            return unknown();
        }
        Trace possible = Trace.NONE;
        boolean guessed = source.rows().open();
        for (Field field : source.rows().fields()) {
            if (rules.mayBe(field, column)) {
                possible = possible.and(field.trace());
                guessed = true;
                if (rules.sameColumn(field.name(), column)) {
                    return possible;
                }
            }
        }
        if (rules.systemColumns().contains(column) && source.table() != null) {
            return possible;
        }
        if (isKey(column, source)) {
            return source.rows().whole();
        }
        boolean called = rules.wholeRows() && lineage.vocabulary.mayBeCalled(column);
        if (called) {
            Routine routine = lineage.vocabulary.routine(List.of(column));
            lineage.findings.calls(routine, lineage.position(identifier));
            if (!routine.own()) {
                lineage.findings.incomplete();
                Trace given = source.rows().whole();
                given.columns().forEach(each -> lineage.findings.uses(each, Use.CARRIED, lineage.last(identifier)));
                return given.and(Trace.UNKNOWN);
            }
        }
        if (guessed) {
            return possible.and(source.rows().rest());
        }
        if (rules.wholeRows()) {
            lineage.findings.incomplete();
            return source.rows().whole().and(Trace.UNKNOWN);
        }
        return unknown();
    }

    /** Whether two names mean the same column for certain. */
    @SuppressWarnings("ReferenceEquality")
    boolean areSame(SqlIdentifier one, SqlIdentifier other, Frame frame) {
        Source owner = haveSameName(one, other) ? owner(one, frame) : null;
        return owner != null && owner == owner(other, frame);
    }

    /** Whether the columns two names mean, of whatever tables, have one name. */
    boolean haveSameName(SqlIdentifier one, SqlIdentifier other) {
        return !one.isStar() && !other.isStar() && rules.sameColumn(last(one), last(other));
    }

    private static String last(SqlIdentifier name) {
        return name.names.get(name.names.size() - 1);
    }

    /** The table a name's column is of; null where that is not certain. */
    @Nullable
    Source owner(SqlIdentifier name, Frame start) {
        if (!name.isSimple()) {
            return source(name.getComponent(0, name.names.size() - 1), start);
        }
        for (Frame frame = start; frame != null; frame = frame.parent()) {
            List<Source> some = frame.sources().stream()
                    .filter(source -> !source.hidden()
                            && (source.rows().open()
                                    || source.rows().fields().stream()
                                            .anyMatch(field -> rules.mayBe(field, name.getSimple()))))
                    .toList();
            if (!some.isEmpty()) {
                return some.size() == 1 ? some.get(0) : null;
            }
        }
        return null;
    }

    /** Whether a row is for certain a table's that has this column. */
    boolean has(SqlNode row, String column, Frame frame) {
        Source source = row instanceof SqlIdentifier alias ? source(alias, frame) : null;
        return source != null
                && source.rows().fields().stream().anyMatch(field -> rules.sameColumn(field.name(), column));
    }

    /** The table an alias or a relation's name means, from this level outwards. */
    @Nullable
    Source source(SqlIdentifier alias, Frame start) {
        String last = alias.names.get(alias.names.size() - 1);
        String schema = alias.names.size() > 1 ? alias.names.get(alias.names.size() - 2) : null;
        for (Frame frame = start; frame != null; frame = frame.parent()) {
            for (Source source : frame.sources()) {
                if (rules.sameTable(source.alias(), last) && (schema == null || isIn(schema, source.table()))) {
                    frame.hit(source);
                    return source;
                }
            }
        }
        return null;
    }

    private boolean isIn(String schema, @Nullable Table table) {
        return table != null
                && (rules.sameTable(table.schema(), schema) || table.schema().equals(Table.UNKNOWN));
    }
}
