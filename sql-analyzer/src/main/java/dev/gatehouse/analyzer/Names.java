package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.analyzer.catalog.Snapshot.Relation;
import dev.gatehouse.analyzer.lineage.Findings;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.firewall.statement.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds relations by the names a statement gives them. */
final class Names {

    private final Snapshot snapshot;
    private final Scope scope;
    private final Findings findings;

    Names(Snapshot snapshot, Scope scope, Findings findings) {
        this.snapshot = snapshot;
        this.scope = scope;
        this.findings = findings;
    }

    /** The relation of a name with the names that qualify it; null when it is not known. */
    @Nullable
    Relation relation(List<String> name) {
        String last = name.get(name.size() - 1);
        return switch (name.size()) {
            case 1 -> snapshot.relation(last, scope);
            case 2 -> snapshot.relation(new Table(name.get(0), last), scope);
            case 3 -> name.get(0).equals(scope.database()) ? snapshot.relation(new Table(name.get(1), last)) : null;
            default -> null;
        };
    }

    /** Stands for a relation that is not known, and notes that there is one. */
    Table unknown(List<String> name) {
        findings.missing();
        String last = name.get(name.size() - 1);
        String schema = name.size() > 1 ? name.get(name.size() - 2) : Table.UNKNOWN;
        return new Table(schema.startsWith("pg_temp") ? Table.UNKNOWN : schema, last);
    }

    /** The table of a name that is about to be made. */
    Table created(List<String> name) {
        int last = name.size() - 1;
        return new Table(last > 0 ? name.get(last - 1) : snapshot.creationSchema(scope), name.get(last));
    }
}
