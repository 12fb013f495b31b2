package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.catalog.Snapshot.Relation;
import dev.gatehouse.analyzer.lineage.Mode;
import dev.gatehouse.analyzer.lineage.Rowset.Field;
import dev.gatehouse.analyzer.tree.Deed;
import dev.gatehouse.analyzer.tree.Part;
import dev.gatehouse.analyzer.tree.Verb;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Effect.Use;
import dev.gatehouse.firewall.statement.Table;
import java.util.ArrayList;
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

    /** The relation a part names. */
    Table table(Part part) {
        List<String> name = part.name();
        Relation relation = job.names.relation(name);
        if (relation != null) {
            return relation.table();
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
            for (Field field : Views.of(job.snapshot).reading(relation).rows().fields()) {
                if (columns.isEmpty() || columns.contains(field.name())) {
                    leaves(field, position);
                }
            }
        }
    }

    private void leaves(Field field, int position) {
        job.findings.uses(field.trace(), Mode.CARRIED, position);
        if (!field.trace().accounted()) {
            job.findings.incomplete();
        }
    }

    void writes(Part part) {
        Table table = table(part);
        int position = VerbAccount.position(part);
        job.findings.writes(table, position);
        if (!part.detail().equals(ROWS)) {
            return;
        }
        List<SqlIdentifier> columns = columns(part);
        columns.forEach(column -> job.findings.uses(
                new Column(table, column.getSimple()),
                Use.WRITTEN,
                column.getParserPosition().getColumnNum()));
        Relation relation = job.snapshot.relation(table);
        if (columns.isEmpty() && relation != null) {
            relation.columns().forEach(c -> job.findings.uses(new Column(table, c.name()), Use.WRITTEN, position));
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
