package dev.gatehouse.firewall.approval;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where a request stands.
 *
 * <pre>
 *             approve (until enough)      ┌─► Approved ──use (once)──────────► Used
 *   Pending ──reject──────────────────────┼─► Denied   └─expire, withdraw ─┐
 *             expire (deadline passed)    ├─► Expired   ◄──────────────────┤
 *             withdraw (cancel, gone)     └─► Withdrawn ◄──────────────────┘
 * </pre>
 */
public sealed interface Ticket {

    /** What was asked. */
    Request request();

    /**
     * Waiting for people.
     *
     * @param approvals those who approved so far, when more than one must
     */
    record Pending(Request request, List<Vote> approvals) implements Ticket {

        public Pending {
            approvals = List.copyOf(approvals);
        }

        /** Whether this person has approved it already. */
        public boolean isApprovedBy(Reviewer person) {
            return approvals.stream().anyMatch(vote -> vote.by().name().equalsIgnoreCase(person.name()));
        }

        /** Adds an approval; the ticket stays pending until there are enough. */
        public Ticket approve(Vote vote) {
            if (!vote.at().isBefore(request.deadline())) {
                return new Expired(request);
            }
            List<Vote> votes = new ArrayList<>(approvals);
            votes.add(vote);
            return votes.size() >= request.flow().needed() ? new Approved(request, votes) : new Pending(request, votes);
        }

        /** Rejects it. */
        public Ticket reject(Vote vote) {
            return vote.at().isBefore(request.deadline()) ? new Denied(request, vote) : new Expired(request);
        }

        /** Ends it undecided once its deadline has passed. */
        public Ticket expire(Instant now) {
            return now.isBefore(request.deadline()) ? this : new Expired(request);
        }

        /** Takes it back. */
        public Ticket withdraw(String reason) {
            return new Withdrawn(request, reason);
        }
    }

    /** Enough people approved, and the statement has not run yet. */
    record Approved(Request request, List<Vote> approvals) implements Ticket {
        public Approved {
            approvals = List.copyOf(approvals);
        }

        /** The last approval. */
        public Vote last() {
            return approvals.get(approvals.size() - 1);
        }

        /** Until when the statement may run. */
        public Instant until() {
            return last().at().plus(request.flow().runWithin());
        }

        /**
         * Spends it on a statement.
         *
         * @param decision the decision that the statement was given
         */
        public Used use(long decision) {
            return new Used(this, decision);
        }

        /** Ends it unused once that time has passed. */
        public Ticket expire(Instant now) {
            return now.isBefore(until()) ? this : new Expired(request);
        }

        /** Takes it back. */
        public Ticket withdraw(String reason) {
            return new Withdrawn(request, reason);
        }
    }

    /**
     * The one statement that was approved has been let through to the server, and no other will be.
     *
     * @param decision the decision that the statement was given
     * @param result what the server answered; empty as long as that is not known, and for ever where the gateway died or the
     *     connection broke before the answer
     */
    record Used(Approved approved, long decision, Optional<String> result) implements Ticket {

        /** How the result begins of a request that asked for a grant, and got it. */
        public static final String GRANTED = "granted until ";

        /** One whose outcome is not known yet. */
        public Used(Approved approved, long decision) {
            this(approved, decision, Optional.empty());
        }

        /** Whether it is a grant that nobody has revoked. */
        public boolean isGrant() {
            return request().isWish()
                    && result.filter(text -> text.startsWith(GRANTED)).isPresent();
        }

        @Override
        public Request request() {
            return approved.request();
        }
    }

    /** Somebody rejected it. */
    record Denied(Request request, Vote vote) implements Ticket {}

    /** Its deadline passed. */
    record Expired(Request request) implements Ticket {}

    /** The requester took it back or left. */
    record Withdrawn(Request request, String reason) implements Ticket {}

    /** The desk did not take it. */
    record Declined(Request request, String reason) implements Ticket {}

    /**
     * One person's decision.
     *
     * @param by the reviewer
     * @param comment what they said; may be empty
     * @param at when
     */
    record Vote(Reviewer by, String comment, Instant at) {}

    /** Whether something may still become of it. */
    default boolean isOpen() {
        return this instanceof Pending || this instanceof Approved;
    }

    /** Answers by case. */
    default <R> R match(
            Function<Pending, R> pending,
            Function<Approved, R> approved,
            Function<Used, R> used,
            Function<Denied, R> denied,
            Function<Expired, R> expired,
            Function<Withdrawn, R> withdrawn,
            Function<Declined, R> declined) {
        if (this instanceof Pending p) {
            return pending.apply(p);
        }
        if (this instanceof Approved a) {
            return approved.apply(a);
        }
        if (this instanceof Used u) {
            return used.apply(u);
        }
        if (this instanceof Denied d) {
            return denied.apply(d);
        }
        if (this instanceof Expired e) {
            return expired.apply(e);
        }
        if (this instanceof Withdrawn w) {
            return withdrawn.apply(w);
        }
        return declined.apply((Declined) this);
    }
}
