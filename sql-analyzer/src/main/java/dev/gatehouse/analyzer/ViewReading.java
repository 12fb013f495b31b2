package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.Rowset.Field;
import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.analyzer.catalog.Snapshot.Attribute;
import dev.gatehouse.analyzer.catalog.Snapshot.Relation;
import dev.gatehouse.analyzer.lexer.Cursor;
import dev.gatehouse.analyzer.lexer.PgLexer;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.firewall.statement.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What reading a relation amounts to.
 *
 * @param rows its columns, each traced to itself, through its {@link Family}, and through a view
 * @param effects what a view does besides; none for a table
 * @param complete whether that is everything
 */
record ViewReading(Rowset rows, List<Effect> effects, boolean complete) {

    /** Relations that show other people's data, or values out of tables, under columns of their own. */
    private static final Set<String> REVEALING = Set.of(
            ("pg_authid pg_backend_memory_contexts pg_cursors pg_file_settings pg_hba_file_rules pg_ident_file_mappings pg_largeobject "
                            + "pg_prepared_statements pg_prepared_xacts pg_shadow pg_stat_activity pg_statistic pg_statistic_ext_data pg_stats "
                            + "pg_stats_ext pg_stats_ext_exprs pg_subscription pg_user_mapping pg_user_mappings")
                    .split(" "));

    ViewReading {
        effects = List.copyOf(effects);
    }

    static ViewReading of(Relation relation, Snapshot snapshot) {
        if (snapshot.isSystem(relation)) {
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
        Family family = Family.of(relation, snapshot);
        List<Field> fields = new ArrayList<>();
        for (Attribute attribute : relation.columns()) {
            Trace trace = family.trace(attribute.name(), snapshot);
            fields.add(new Field(attribute.name(), accounted ? trace : trace.and(Trace.UNKNOWN)));
        }
        return Rowset.of(fields);
    }

    private static ViewReading through(Relation relation, String definition, Snapshot snapshot) {
        Scope scope = new Scope("", "", "", Optional.of(List.of(Snapshot.SYSTEM)), new Modes.PostgreSql(true));
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
