package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.tree.Deed;
import dev.gatehouse.analyzer.tree.Verb;
import dev.gatehouse.firewall.statement.Kind;
import java.util.Locale;
import java.util.Map;

/** Which kind of statement a verb is. */
final class VerbKinds {

    private static final Map<String, Kind> OTHERS = Map.ofEntries(
            Map.entry("ABORT", Kind.ROLLBACK),
            Map.entry("END", Kind.COMMIT),
            Map.entry("START", Kind.BEGIN),
            Map.entry("RELEASE", Kind.SAVEPOINT),
            Map.entry("SECURITY", Kind.SECURITY_LABEL),
            Map.entry("ANALYZE STATEMENT", Kind.EXPLAIN),
            Map.entry("BEGIN NOT ATOMIC", Kind.DO),
            Map.entry("CACHE", Kind.CACHE_INDEX),
            Map.entry("CHANGE", Kind.REPLICATION),
            Map.entry("COMPOUND", Kind.DO),
            Map.entry("GET", Kind.SHOW),
            Map.entry("LOAD DATA", Kind.LOAD_DATA),
            Map.entry("LOAD DATA LOCAL", Kind.LOAD_DATA_LOCAL),
            Map.entry("LOAD INDEX", Kind.CACHE_INDEX),
            Map.entry("RESET REPLICATION", Kind.REPLICATION),
            Map.entry("SET DEFAULT ROLE", Kind.ALTER),
            Map.entry("SET PASSWORD", Kind.ALTER),
            Map.entry("START GROUP_REPLICATION", Kind.REPLICATION),
            Map.entry("START REPLICA", Kind.REPLICATION),
            Map.entry("STOP", Kind.REPLICATION),
            Map.entry("XA BEGIN", Kind.BEGIN),
            Map.entry("XA COMMIT", Kind.COMMIT),
            Map.entry("XA END", Kind.COMMIT),
            Map.entry("XA PREPARE", Kind.COMMIT),
            Map.entry("XA RECOVER", Kind.SHOW),
            Map.entry("XA ROLLBACK", Kind.ROLLBACK));

    private VerbKinds() {}

    static Kind of(Verb verb) {
        return switch (verb.verb()) {
            case "COPY" -> copy(verb);
            case "PREPARE" -> verb.object().isEmpty() ? Kind.PREPARE : Kind.COMMIT;
            default -> {
                Kind exact = OTHERS.get(verb.getOperator().getName());
                Kind other = exact == null ? OTHERS.get(verb.verb()) : exact;
                yield other == null ? Kind.valueOf(verb.verb().toUpperCase(Locale.ROOT)) : other;
            }
        };
    }

    private static Kind copy(Verb verb) {
        if (verb.parts(Deed.RUNS_PROGRAM).findAny().isPresent()) {
            return Kind.COPY_PROGRAM;
        }
        boolean file = verb.parts(Deed.READS_FILE).findAny().isPresent()
                || verb.parts(Deed.WRITES_FILE).findAny().isPresent();
        return file ? Kind.COPY_FILE : direction(verb);
    }

    /** Whether rows leave or come in by a COPY. */
    static Kind direction(Verb verb) {
        return verb.parts(Deed.WRITES).findAny().isPresent() ? Kind.COPY_IN : Kind.COPY_OUT;
    }
}
