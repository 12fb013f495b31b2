package dev.gatehouse.firewall.approval;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * Where a request stands.
 *
 * <pre>
 *             approve (until enough)      ┌─► Approved
 *   Pending ──reject──────────────────────┼─► Denied
 *             expire (deadline passed)    ├─► Expired
 *             withdraw (cancel, gone)     └─► Withdrawn
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

        /** Adds an approval; the ticket stays pending until there are enough. */
        public Ticket approve(Vote vote) {
            if (!vote.at().isBefore(request.deadline())) {
                return new Expired(request);
            }
            List<Vote> votes = new java.util.ArrayList<>(approvals);
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

    /** Enough people approved. */
    record Approved(Request request, List<Vote> approvals) implements Ticket {
        public Approved {
            approvals = List.copyOf(approvals);
        }
    }

    /** Somebody rejected it. */
    record Denied(Request request, Vote vote) implements Ticket {}

    /** Its deadline passed. */
    record Expired(Request request) implements Ticket {}

    /** The requester cancelled it or left. */
    record Withdrawn(Request request, String reason) implements Ticket {}

    /**
     * One person's decision.
     *
     * @param by the reviewer
     * @param comment what they said; may be empty
     * @param at when
     */
    record Vote(Reviewer by, String comment, Instant at) {}

    /** Answers by case. */
    default <R> R match(
            Function<Pending, R> pending,
            Function<Approved, R> approved,
            Function<Denied, R> denied,
            Function<Expired, R> expired,
            Function<Withdrawn, R> withdrawn) {
        if (this instanceof Pending p) {
            return pending.apply(p);
        }
        if (this instanceof Approved a) {
            return approved.apply(a);
        }
        if (this instanceof Denied d) {
            return denied.apply(d);
        }
        if (this instanceof Expired e) {
            return expired.apply(e);
        }
        return withdrawn.apply((Withdrawn) this);
    }
}
