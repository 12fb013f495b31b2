package dev.gatehouse.firewall.policy;

import java.time.Duration;
import java.util.Set;

/**
 * Who may approve, and how long a statement waits for them.
 *
 * @param name the flow's name in the policy file
 * @param reviewerGroups groups whose members may decide
 * @param reviewerUsers users who may decide
 * @param needed how many must approve
 * @param fourEyes whether the requester, and the owner of an agent that asks, are kept from deciding; always so for this
 *     release, and a policy that says otherwise is refused at load
 * @param hold how long a client is kept waiting, and what becomes of its request then
 * @param expires how long a request may be decided
 * @param runWithin how long an approval may be used
 * @param mostPending how many requests one identity may have open; at least 1
 * @param approveComment whether an approval needs a comment
 * @param rejectComment whether a rejection needs a comment
 */
public record Flow(
        String name,
        Set<String> reviewerGroups,
        Set<String> reviewerUsers,
        int needed,
        boolean fourEyes,
        Hold hold,
        Duration expires,
        Duration runWithin,
        int mostPending,
        boolean approveComment,
        boolean rejectComment) {

    public Flow {
        reviewerGroups = Set.copyOf(reviewerGroups);
        reviewerUsers = Set.copyOf(reviewerUsers);
    }

    /**
     * How long a client is kept waiting.
     *
     * @param interactive a person at a terminal; zero where nobody is
     * @param other any other client; zero where none is
     * @param ticket whether a request outlives the waiting, for the same statement to be sent again once it is approved
     * @param inTransaction what to do when a transaction is open
     */
    public record Hold(Duration interactive, Duration other, boolean ticket, InTransaction inTransaction) {}

    /** What becomes of a statement that would wait inside an open transaction. */
    public enum InTransaction {
        /** Refused. */
        REFUSE,
        /** Held when the transaction has not written yet, refused when it has. */
        IF_CLEAN,
        /** Held. */
        HOLD
    }
}
