package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.analyzer.catalog.Snapshot.Relation;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Dialect;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.firewall.statement.Table;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells which tables go without a schema in a command: those it names so, and others that the search path would find. */
final class Spelling {

    private final List<Token> tokens;
    private final Map<Integer, Integer> indexes = new HashMap<>();
    private final Snapshot snapshot;
    private final Scope scope;

    private Spelling(List<Token> tokens, Snapshot snapshot, Scope scope) {
        this.tokens = tokens;
        this.snapshot = snapshot;
        this.scope = scope;
        for (int i = 0; i < tokens.size(); i++) {
            indexes.put(tokens.get(i).position(), i);
        }
    }

    /** @param tokens those the command was read from */
    static Set<Table> bare(Command command, List<Token> tokens, Snapshot snapshot, Scope scope) {
        Spelling spelling = new Spelling(tokens, snapshot, scope);
        Map<Table, Boolean> written = new HashMap<>();
        Set<Table> all = new HashSet<>();
        for (Effect effect : command.effects()) {
            if (effect instanceof Effect.Uses uses) {
                all.add(uses.column().table());
            } else if (effect instanceof Effect.Reads reads) {
                spelling.note(reads.table(), reads.position(), written, all);
            } else if (effect instanceof Effect.Writes writes) {
                spelling.note(writes.table(), writes.position(), written, all);
            } else if (effect instanceof Effect.Locks locks) {
                spelling.note(locks.table(), locks.position(), written, all);
            }
        }
        command.output()
                .ifPresent(outputs ->
                        outputs.forEach(output -> output.origins().forEach(column -> all.add(column.table()))));
        Set<Table> bare = new HashSet<>();
        for (Table table : all) {
            if (written.getOrDefault(table, spelling.isVisible(table))) {
                bare.add(table);
            }
        }
        return bare;
    }

    /** Notes how the text spells a table, if it does so here; one qualified name decides. */
    private void note(Table table, int position, Map<Table, Boolean> written, Set<Table> all) {
        all.add(table);
        Integer index = indexes.get(position);
        if (index == null) {
            return;
        }
        int last = index;
        while (tokens.size() > last + 2 && tokens.get(last + 1).isMark(".")) {
            last += 2;
        }
        if (tokens.get(last).text().equals(table.name())) {
            written.merge(table, last == index && !isElsewhere(table), Boolean::logicalAnd);
        }
    }

    /** Whether it is in another database of MySQL's, which may be named behind it. */
    private boolean isElsewhere(Table table) {
        return scope.dialect() == Dialect.MYSQL
                && !table.schema().equals(Table.UNKNOWN)
                && !table.schema().equals(scope.database());
    }

    private boolean isVisible(Table table) {
        Relation relation = snapshot.relation(table.name(), scope);
        return table.schema().equals(Table.UNKNOWN)
                || (relation != null && relation.table().equals(table));
    }
}
