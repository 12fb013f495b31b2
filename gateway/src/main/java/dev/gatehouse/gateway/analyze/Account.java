package dev.gatehouse.gateway.analyze;

import dev.gatehouse.analyzer.Layer;
import dev.gatehouse.analyzer.StatementAccount;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Output;
import dev.gatehouse.firewall.statement.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One statement's account in the words of the answers.
 *
 * @param layer who understood it; null where nobody did
 * @param statementClass null where it is not understood
 * @param tables in the order of the text
 * @param lineage null where it was not asked for, or is not known
 * @param opaque why it is not understood; null where it is
 */
record Account(
        @Nullable String layer,
        String kind,
        @Nullable String statementClass,
        List<Relation> tables,
        List<Use> columns,
        List<String> functions,
        String where,
        @Nullable List<Origin> lineage,
        @Nullable String opaque) {

    /** A table, and what is done with it. */
    record Relation(@Nullable String schema, String table, Set<String> access) {}

    /** A column, and what becomes of its values; both null where something is used of which not more is known. */
    record Use(@Nullable String table, @Nullable String column, Set<String> use) {}

    /**
     * A column of the result, and where its values may come from.
     *
     * @param name null where it stands for columns the text does not tell of
     * @param unknown whether they may come from elsewhere too
     */
    record Origin(@Nullable String name, Set<String> from, boolean unknown) {}

    boolean isUnderstood() {
        return opaque == null;
    }

    /** @param traced whether lineage is wanted */
    static Account of(StatementAccount account, boolean traced) {
        return account.analysis()
                .match(
                        understood -> understood(understood.commands().get(0), account.layer(), traced),
                        Account::notUnderstood);
    }

    private static Account understood(Command command, Optional<Layer> layer, boolean traced) {
        return new Account(
                layer.map(Layer::word).orElse(null),
                command.verb().word(),
                Words.statementClass(command),
                tables(command),
                columns(command),
                functions(command),
                Words.where(command.where()),
                traced ? lineage(command) : null,
                null);
    }

    private static Account notUnderstood(Analysis.Opaque opaque) {
        String place = opaque.position() > 0 ? ", at character " + opaque.position() : "";
        return new Account(
                null,
                Kind.UNKNOWN.word(),
                null,
                List.of(),
                List.of(),
                List.of(),
                Words.where(Command.Where.NOT_APPLICABLE),
                null,
                opaque.reason() + place);
    }

    private static List<Relation> tables(Command command) {
        Map<Table, Relation> tables = new LinkedHashMap<>();
        for (Effect effect : command.effects()) {
            if (effect instanceof Effect.Reads reads) {
                access(tables, reads.table(), "read");
            } else if (effect instanceof Effect.Writes writes) {
                access(tables, writes.table(), "write");
            } else if (effect instanceof Effect.Locks locks) {
                access(tables, locks.table(), "lock");
            }
        }
        return List.copyOf(tables.values());
    }

    private static void access(Map<Table, Relation> tables, Table table, String access) {
        tables.computeIfAbsent(table, t -> new Relation(schema(t), t.name(), new TreeSet<>()))
                .access()
                .add(access);
    }

    private static @Nullable String schema(Table table) {
        return table.schema().equals(Table.UNKNOWN) ? null : table.schema();
    }

    private static List<Use> columns(Command command) {
        Map<Column, Use> columns = new LinkedHashMap<>();
        for (Effect effect : command.effects()) {
            if (effect instanceof Effect.Uses uses) {
                columns.computeIfAbsent(uses.column(), Account::use).use().add(Words.use(uses.use()));
            }
        }
        return List.copyOf(columns.values());
    }

    private static Use use(Column column) {
        boolean unknown = column.equals(Column.UNKNOWN);
        return new Use(unknown ? null : name(column.table()), unknown ? null : column.name(), new TreeSet<>());
    }

    private static String name(Table table) {
        return schema(table) == null ? table.name() : table.toString();
    }

    private static List<String> functions(Command command) {
        return command.effects().stream()
                .filter(Effect.Calls.class::isInstance)
                .map(effect -> ((Effect.Calls) effect).name())
                .distinct()
                .toList();
    }

    private static List<Origin> lineage(Command command) {
        if (command.output().isEmpty()) {
            return List.of(new Origin(null, Set.of(), true));
        }
        List<Origin> lineage = new ArrayList<>();
        for (Output output : command.output().get()) {
            Set<String> from = new TreeSet<>();
            output.origins().forEach(column -> from.add(name(column.table()) + "." + column.name()));
            lineage.add(new Origin(output.name(), from, !output.accounted()));
        }
        return lineage;
    }
}
