package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Analysis.Understood;
import dev.gatehouse.firewall.statement.Catalog;
import dev.gatehouse.firewall.statement.Command;

/**
 * What a session has under way that may change tables, columns or views. The catalog is read on another connection and cannot
 * know of it before it is committed, so that a session with masks may not use tables behind it: a column may go by another
 * one's name there.
 */
final class OwnChanges {

    private static final Analysis UNKNOWN =
            new Analysis.Opaque("a statement behind changes of tables that are not committed yet", 0);

    private final boolean masked;
    /** Whether something was sent that changes tables, and has not been committed or taken back yet. */
    private boolean certain;
    /** Whether code was sent that may have changed them. */
    private boolean possible;
    /** Whether the server has said that its transaction has written nothing, whatever code ran in it. */
    private boolean cleared;

    /** @param masked whether masks concern the session */
    OwnChanges(boolean masked) {
        this.masked = masked;
    }

    /** Notes that a statement goes to the server to be run. */
    void sent(Analysis analysis) {
        certain |= analysis.match(known -> known.commands().stream().anyMatch(OwnChanges::changes), opaque -> true);
        if (!analysis.match(known -> known.commands().stream().allMatch(Command::complete), opaque -> false)) {
            possible = true;
            cleared = false;
        }
    }

    /**
     * Notes that a transaction is over, so that what was changed in it holds for everybody.
     *
     * @param last whether nothing is under way any more
     */
    void transactionEnded(Catalog.Library catalogs, String upstream, String database, boolean last) {
        if (certain) {
            catalogs.changed(upstream, database);
        } else if (possible) {
            catalogs.doubted(upstream, database, masked);
        }
        if (last) {
            certain = false;
            possible = false;
            cleared = false;
        }
    }

    /** Whether something may have changed tables, or do so still. */
    boolean any() {
        return certain || possible;
    }

    /** Whether a statement had better wait until what is under way has ended. */
    boolean mayMatter() {
        return masked && isUnderWay();
    }

    private boolean isUnderWay() {
        return certain || (possible && !cleared);
    }

    /** Whether the server has to be asked whether its transaction has written anything before tables may be used. */
    boolean mustAsk() {
        return masked && possible && !cleared && !certain;
    }

    /**
     * Takes in the server's answer.
     *
     * @param untouched whether its transaction has written nothing, and so changed no table
     */
    void answer(boolean untouched) {
        certain |= possible && !untouched;
        cleared = untouched;
    }

    /** What a statement means behind all that was sent, and behind what stands before it in its own text. */
    Analysis behind(Analysis analysis) {
        return masked && analysis instanceof Understood known && known.usesChangedTables(isUnderWay())
                ? UNKNOWN
                : analysis;
    }

    private static boolean changes(Command command) {
        return command.changes().contains(Command.Change.CATALOG);
    }
}
