package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.catalog.Snapshot.Relation;
import dev.gatehouse.analyzer.lineage.Expansion;
import dev.gatehouse.analyzer.lineage.Mode;
import dev.gatehouse.analyzer.lineage.Rowset;
import dev.gatehouse.analyzer.lineage.Rowset.Field;
import dev.gatehouse.analyzer.lineage.Trace;
import dev.gatehouse.analyzer.tree.Deed;
import dev.gatehouse.analyzer.tree.Part;
import dev.gatehouse.analyzer.tree.Verb;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Dialect;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Effect.Use;
import dev.gatehouse.firewall.statement.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/** The relations a {@link Verb} names. */
final class VerbTables {

    private static final Set<String> TABLES = Set.of("TABLE", "VIEW", "MATERIALIZED VIEW", "FOREIGN TABLE");
    private static final Set<String> NOT_LISTED = Set.of("SEQUENCE", "INDEX", "COMPOSITE TYPE");
    /** The detail of a part whose rows leave the server or come to it. */
    private static final String ROWS = "ROWS";

    /** New rows take the place of those with the same key. */
    private static final String REPLACED = "REPLACED";

    /** The detail of a part that stands for what is below it too. */
    private static final String TREE = "TREE";
    /** What is made of columns, which the command names without writing them. */
    private static final Set<String> COMPUTED = Set.of("INDEX", "STATISTICS");

    /** What gives a table another form. Whether that can be done, and what it looks like then, may hang on its rows. */
    private static final Set<String> FORMING = Set.of("ALTER", "CLUSTER", "OPTIMIZE", "REINDEX", "RENAME");

    private final Verb verb;
    private final Job job;

    VerbTables(Verb verb, Job job) {
        this.verb = verb;
        this.job = job;
    }

    /** Whether a part names a relation. An index that is about to be made is only a part of its table. */
    static boolean isRelation(Part part) {
        boolean other = NOT_LISTED.contains(part.object());
        return TABLES.contains(part.object())
                || (other && !(part.object().equals("INDEX") && part.deed() == Deed.CREATES));
    }

    /** Whether a part is what a HANDLER reads by. */
    static boolean isHandler(Part part) {
        return part.detail().equals("HANDLER");
    }

    /** The relation a part names. */
    Table table(Part part) {
        List<String> name = part.name();
        Relation relation = job.names.relation(name);
        if (relation != null) {
            return relation.table();
        }
        Table made = job.names.created(name);
        if (job.scope.searchPath().isPresent()
                && job.scope.dialect() == Dialect.MYSQL
                && job.scope.mayBeTemporary(made)) {
            return made;
        }
        if (!NOT_LISTED.contains(part.object())) {
            return job.names.unknown(name);
        }
        // The catalog does not have them, so that asking it again would tell no more.
        int last = name.size() - 1;
        return new Table(last > 0 ? name.get(last - 1) : Table.UNKNOWN, name.get(last));
    }

    /** The relation a part is about to make. What is made together with a schema is in that schema. */
    Table made(Part part) {
        List<String> name = part.name();
        if (name.size() == 1 && verb.object().equals("SCHEMA")) {
            return verb.parts(Deed.CREATES)
                    .filter(made -> made.object().equals("SCHEMA"))
                    .findFirst()
                    .map(schema -> new Table(schema.name().get(0), name.get(0)))
                    .orElse(new Table(Table.UNKNOWN, name.get(0)));
        }
        return job.names.created(name);
    }

    void reads(Part part) {
        Table table = table(part);
        int position = VerbAccount.position(part);
        job.findings.reads(table, position);
        Relation relation = job.snapshot.relation(table);
        if (relation != null && part.detail().equals(ROWS)) {
            List<String> columns =
                    columns(part).stream().map(SqlIdentifier::getSimple).toList();
            Expansion reading = Views.of(job.snapshot).reading(relation);
            through(reading, position);
            for (Field field : reading.rows().fields()) {
                if (columns.isEmpty() || columns.contains(field.name())) {
                    leaves(field.trace(), position);
                }
            }
        }
        indexed(part);
    }

    private void leaves(Trace trace, int position) {
        job.findings.uses(trace, Mode.CARRIED, position);
        if (!trace.accounted()) {
            job.findings.incomplete();
        }
    }

    /** Notes what reading a view does besides giving rows. */
    private void through(Expansion view, int position) {
        if (!view.complete()) {
            job.findings.incomplete();
        }
        for (Effect effect : view.effects()) {
            if (effect instanceof Effect.Reads reads) {
                job.findings.reads(reads.table(), position);
            } else if (effect instanceof Effect.Uses uses) {
                job.findings.uses(uses.column(), uses.use(), position);
            } else if (effect instanceof Effect.Tests tests) {
                job.findings.add(new Effect.Tests(tests.column(), position));
            } else if (effect instanceof Effect.Calls calls) {
                job.findings.add(new Effect.Calls(calls.name(), calls.volatility(), calls.known(), position));
            }
        }
    }

    /** Locks a relation, what is below it, and with a view what it reads. */
    void locks(Part part) {
        Table table = table(part);
        Set<Table> locked = new LinkedHashSet<>(List.of(table));
        Relation relation = job.snapshot.relation(table);
        if (relation != null) {
            Views.of(job.snapshot).reading(relation).effects().stream()
                    .filter(Effect.Reads.class::isInstance)
                    .forEach(effect -> locked.add(((Effect.Reads) effect).table()));
        }
        for (Table each : List.copyOf(locked)) {
            locked.addAll(Family.below(each, false, job.snapshot));
        }
        int position = VerbAccount.position(part);
        locked.forEach(each -> job.findings.add(new Effect.Locks(each, false, part.detail(), position)));
    }

    /** Notes the columns an index or statistics are made of. */
    void indexed(Part part) {
        if (!COMPUTED.contains(verb.object()) || part.columns() == null) {
            return;
        }
        Table table = table(part);
        Relation relation = job.snapshot.relation(table);
        Rowset rows = relation == null
                ? Rowset.UNKNOWN
                : Views.of(job.snapshot).reading(relation).rows();
        for (SqlIdentifier column : columns(part)) {
            int position = column.getParserPosition().getColumnNum();
            String name = column.getSimple();
            job.findings.uses(new Column(table, name), Use.PREDICATE, position);
            rows.fields().stream()
                    .filter(field -> field.name().equals(name))
                    .forEach(field -> job.findings.uses(field.trace(), Mode.PREDICATE, position));
        }
    }

    /** A materialized view is filled with what it reads. */
    private void refills(Table view, int position) {
        Relation relation = job.snapshot.relation(view);
        if (relation == null) {
            return;
        }
        Expansion reading = Views.of(job.snapshot).reading(relation);
        through(reading, position);
        for (Field field : reading.rows().fields()) {
            Column own = new Column(view, field.name());
            Set<Column> behind = new HashSet<>(field.trace().columns());
            behind.remove(own);
            job.findings.uses(own, Use.WRITTEN, position);
            leaves(new Trace(behind, field.trace().accounted(), false, true), position);
        }
    }

    void writes(Part part) {
        Table table = table(part);
        int position = VerbAccount.position(part);
        job.findings.writes(table, position);
        if (verb.verb().equals("REFRESH")) {
            refills(table, position);
        }
        forms(table, position);
        if (part.detail().equals(TREE)) {
            Family.below(table, false, job.snapshot).forEach(each -> job.findings.writes(each, position));
        }
        boolean replaced = part.detail().equals(REPLACED);
        if (!replaced && !part.detail().equals(ROWS)) {
            return;
        }
        if (replaced) {
            tests(job.vocabulary().comparedWithout(table), position);
        }
        List<SqlIdentifier> columns = columns(part);
        columns.forEach(column -> written(
                new Column(table, column.getSimple()),
                !replaced,
                column.getParserPosition().getColumnNum()));
        Relation relation = job.snapshot.relation(table);
        if (columns.isEmpty() && relation != null) {
            relation.columns().forEach(c -> written(new Column(table, c.name()), !replaced, position));
        }
    }

    /** Notes that new rows fill a column, which its constraints may not allow. */
    private void written(Column column, boolean added, int position) {
        job.findings.uses(column, Use.WRITTEN, position);
        tests(job.vocabulary().comparedWith(column, added), position);
    }

    private void tests(Set<Column> columns, int position) {
        columns.forEach(compared -> job.findings.add(new Effect.Tests(compared, position)));
    }

    /**
     * Notes that all columns of a table are at stake where it is given another form: an error may quote any of their values,
     * the order of rows may tell of them, and under another name policy does not know them.
     */
    void forms(Table table, int position) {
        Relation relation = job.snapshot.relation(table);
        // An index may ask for values that are all different.
        boolean index = verb.verb().equals("CREATE") && verb.object().equals("INDEX");
        if (relation == null || !(index || FORMING.contains(verb.verb()))) {
            return;
        }
        for (Field field : Views.of(job.snapshot).reading(relation).rows().fields()) {
            job.findings.add(new Effect.Tests(new Column(table, field.name()), position));
            field.trace().columns().forEach(column -> job.findings.add(new Effect.Tests(column, position)));
        }
    }

    private static List<SqlIdentifier> columns(Part part) {
        List<SqlIdentifier> columns = new ArrayList<>();
        if (part.columns() != null) {
            for (SqlNode column : part.columns()) {
                columns.add((SqlIdentifier) column);
            }
        }
        return columns;
    }
}
