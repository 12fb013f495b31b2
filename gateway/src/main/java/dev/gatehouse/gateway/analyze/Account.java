package dev.gatehouse.gateway.analyze;

import dev.gatehouse.analyzer.StatementAccount;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Kind;
import java.util.List;
import java.util.Set;
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
                        understood -> new Accountant(account.bare())
                                .understood(understood.commands().get(0), account.layer(), traced),
                        Account::notUnderstood);
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
}
