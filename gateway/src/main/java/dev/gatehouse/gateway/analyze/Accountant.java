package dev.gatehouse.gateway.analyze;

import dev.gatehouse.analyzer.Layer;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Output;
import dev.gatehouse.firewall.statement.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Puts a command's effects in the words of the answers.
 *
 * @param bare the tables that are named without their schema
 */
record Accountant(Set<Table> bare) {

    /** @param traced whether lineage is wanted */
    Account understood(Command command, Optional<Layer> layer, boolean traced) {
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

    /** By their places, and in the same order each time. */
    private static List<Effect> inOrder(Command command) {
        return command.effects().stream()
                .sorted(Comparator.comparingInt(Effect::position).thenComparing(Object::toString))
                .toList();
    }

    private List<Account.Relation> tables(Command command) {
        Map<Table, Account.Relation> tables = new LinkedHashMap<>();
        for (Effect effect : inOrder(command)) {
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

    private void access(Map<Table, Account.Relation> tables, Table table, String access) {
        tables.computeIfAbsent(table, t -> new Account.Relation(schema(t), t.name(), new TreeSet<>()))
                .access()
                .add(access);
    }

    private @Nullable String schema(Table table) {
        return bare.contains(table) || table.schema().equals(Table.UNKNOWN) ? null : table.schema();
    }

    private List<Account.Use> columns(Command command) {
        Map<Column, Account.Use> columns = new LinkedHashMap<>();
        for (Effect effect : inOrder(command)) {
            if (effect instanceof Effect.Uses uses) {
                columns.computeIfAbsent(uses.column(), this::use).use().add(Words.use(uses.use()));
            }
        }
        return List.copyOf(columns.values());
    }

    private Account.Use use(Column column) {
        boolean unknown = column.equals(Column.UNKNOWN);
        return new Account.Use(unknown ? null : name(column.table()), unknown ? null : column.name(), new TreeSet<>());
    }

    private String name(Table table) {
        return schema(table) == null ? table.name() : table.toString();
    }

    private List<String> functions(Command command) {
        return inOrder(command).stream()
                .filter(Effect.Calls.class::isInstance)
                .map(effect -> ((Effect.Calls) effect).name())
                .distinct()
                .toList();
    }

    private List<Account.Origin> lineage(Command command) {
        if (command.output().isEmpty()) {
            return List.of(new Account.Origin(null, Set.of(), true));
        }
        List<Account.Origin> lineage = new ArrayList<>();
        for (Output output : command.output().get()) {
            if (output.isOfObjects()) {
                return List.of(new Account.Origin(null, Set.of(), false));
            }
            Set<String> from = new TreeSet<>();
            output.origins().forEach(column -> from.add(name(column.table()) + "." + column.name()));
            lineage.add(new Account.Origin(output.name(), from, !output.accounted()));
        }
        return lineage;
    }
}
