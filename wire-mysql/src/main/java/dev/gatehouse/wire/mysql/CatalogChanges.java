package dev.gatehouse.wire.mysql;

import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Catalog;
import dev.gatehouse.firewall.statement.Command;
import org.jspecify.annotations.Nullable;

/** Tells what keeps the catalogs of the statements that change tables, or may have done so. Such a change holds at once. */
final class CatalogChanges {

    private final Catalog.Library catalogs;
    private final Session session;
    private final boolean masked;

    /** @param masked whether masks concern the session */
    CatalogChanges(Catalog.Library catalogs, Session session, boolean masked) {
        this.catalogs = catalogs;
        this.session = session;
        this.masked = masked;
    }

    /** Notes that a statement has run, or a part of it. */
    void ran(Analysis analysis) {
        if (certain(analysis)) {
            catalogs.changed(session.upstream().name(), session.database());
        } else if (possible(analysis)) {
            catalogs.doubted(session.upstream().name(), session.database(), masked);
        }
    }

    /** Whether what is due may change tables. */
    static boolean isOf(@Nullable Reply due) {
        Execution running = due == null ? null : due.executed();
        return running != null && (certain(running.analysis()) || possible(running.analysis()));
    }

    /** Notes that the server has ended what was due, whatever it has answered. */
    void ended(@Nullable Reply due) {
        Execution running = due == null ? null : due.executed();
        if (running != null) {
            ran(running.analysis());
        }
    }

    private static boolean certain(Analysis analysis) {
        return analysis.match(
                understood -> understood.commands().stream()
                        .anyMatch(command -> command.changes().contains(Command.Change.CATALOG)),
                opaque -> true);
    }

    private static boolean possible(Analysis analysis) {
        return analysis.match(
                understood -> understood.commands().stream().anyMatch(command -> !command.complete()), opaque -> true);
    }
}
