package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.Rowset.Field;
import dev.gatehouse.analyzer.Snapshot.Attribute;
import dev.gatehouse.analyzer.Snapshot.Relation;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Dialect;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.firewall.statement.Table;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What reading a relation amounts to.
 *
 * @param rows its columns, each traced to itself, to the same column of what it inherits from, and through a view
 * @param effects what a view does besides; none for a table
 * @param complete whether that is everything
 */
record ViewReading(Rowset rows, List<Effect> effects, boolean complete) {

    /** Relations that show other people's data, or values out of tables, under columns of their own. */
    private static final Set<String> REVEALING =
            Set.of(("pg_authid pg_cursors pg_file_settings pg_hba_file_rules pg_ident_file_mappings pg_largeobject "
                            + "pg_prepared_statements pg_shadow pg_stat_activity pg_statistic pg_statistic_ext_data pg_stats "
                            + "pg_stats_ext pg_stats_ext_exprs pg_subscription pg_user_mapping pg_user_mappings")
                    .split(" "));

    ViewReading {
        effects = List.copyOf(effects);
    }

    static ViewReading of(Relation relation, Snapshot snapshot) {
        if (relation.isSystem()) {
            boolean revealing = REVEALING.contains(relation.table().name());
            return new ViewReading(own(relation, snapshot, !revealing), List.of(), true);
        }
        Optional<String> definition = relation.view();
        if (definition.isEmpty()) {
            return new ViewReading(own(relation, snapshot, true), List.of(), true);
        }
        try {
            return through(relation, definition.get(), snapshot);
        } catch (Unreadable | StackOverflowError e) {
            return new ViewReading(own(relation, snapshot, false), List.of(), false);
        }
    }

    private static Rowset own(Relation relation, Snapshot snapshot, boolean accounted) {
        List<Table> family = family(relation, snapshot);
        List<Field> fields = new ArrayList<>();
        for (Attribute attribute : relation.columns()) {
            Set<Column> columns = new HashSet<>();
            for (Table table : family) {
                Relation member = snapshot.relation(table);
                if (member != null
                        && member.columns().stream().anyMatch(c -> c.name().equals(attribute.name()))) {
                    columns.add(new Column(table, attribute.name()));
                }
            }
            fields.add(new Field(attribute.name(), new Trace(columns, accounted, true)));
        }
        return Rowset.of(fields);
    }

    /** The relation and all it inherits from. */
    private static List<Table> family(Relation relation, Snapshot snapshot) {
        List<Table> family = new ArrayList<>();
        Deque<Table> open = new ArrayDeque<>(List.of(relation.table()));
        while (!open.isEmpty()) {
            Table table = open.pop();
            Relation member = snapshot.relation(table);
            if (member != null && !family.contains(table)) {
                family.add(table);
                open.addAll(member.parents());
            }
        }
        return family;
    }

    private static ViewReading through(Relation relation, String definition, Snapshot snapshot) {
        Scope scope = new Scope(Dialect.POSTGRESQL, "", "", "", Optional.of(List.of(Snapshot.SYSTEM)), true);
        List<Token> tokens = PgLexer.read(definition, true).stream()
                .filter(token -> !token.isMark(";"))
                .toList();
        Findings findings = new Findings();
        Translation translation = Translation.of(new Cursor(tokens));
        Rowset rows = Lineage.read(translation, tokens, snapshot, scope, findings, Mode.INNER);
        Rowset own = own(relation, snapshot, true);
        if (rows.open() || rows.fields().size() != own.fields().size()) {
            throw new Unreadable("a view whose columns have changed", 0);
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < own.fields().size(); i++) {
            Field field = own.fields().get(i);
            fields.add(new Field(
                    field.name(), field.trace().and(rows.fields().get(i).trace())));
        }
        return new ViewReading(Rowset.of(fields), findings.effects(), findings.isComplete());
    }
}
