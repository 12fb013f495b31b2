package dev.gatehouse.gateway.gate;

import dev.gatehouse.firewall.policy.Flow;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.session.Subject;
import dev.gatehouse.firewall.statement.Statement.Transaction;
import java.time.Duration;
import java.util.Optional;

/** How long a session's statements wait for people. */
final class Patience {

    private final Session session;
    private final SpokenWishes wishes;

    Patience(Session session, SpokenWishes wishes) {
        this.session = session;
        this.wishes = wishes;
    }

    /**
     * As long as is usual for such a client, or as it wishes within what the flow gives.
     *
     * @param limit what it may take in any case; empty for as long as anybody likes
     */
    Duration of(Flow flow, Optional<Duration> limit) {
        Duration wanted = wanted(flow);
        return limit.filter(most -> most.compareTo(wanted) < 0).orElse(wanted);
    }

    private Duration wanted(Flow flow) {
        Flow.Hold hold = flow.hold();
        Duration usual = Interactive.isInteractive(session) ? hold.interactive() : hold.other();
        Duration most = session.subject().kind() == Subject.Kind.HUMAN
                ? longer(hold.interactive(), hold.other())
                : hold.other();
        return wishes.now()
                .hold()
                .map(asked -> asked.compareTo(most) < 0 ? asked : most)
                .orElse(usual);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /** Whether a statement may wait while its transaction is open. */
    static boolean mayWait(Flow flow, Transaction transaction) {
        return switch (transaction) {
            case NONE -> true;
            case CLEAN -> flow.hold().inTransaction() != Flow.InTransaction.REFUSE;
            case WRITTEN -> flow.hold().inTransaction() == Flow.InTransaction.HOLD;
            case FAILED -> false;
        };
    }

    /** Whether it may run at all: a transaction that has failed takes no statement but its end. */
    static boolean mayRun(Transaction transaction) {
        return transaction != Transaction.FAILED;
    }
}
