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
 * @param interactive how long a person at a terminal is kept waiting
 * @param other how long any other client is kept waiting
 * @param inTransaction what to do when a transaction is open
 * @param approveComment whether an approval needs a comment
 * @param rejectComment whether a rejection needs a comment
 */
public record Flow(
        String name,
        Set<String> reviewerGroups,
        Set<String> reviewerUsers,
        int needed,
        boolean fourEyes,
        Duration interactive,
        Duration other,
        InTransaction inTransaction,
        boolean approveComment,
        boolean rejectComment) {

    public Flow {
        reviewerGroups = Set.copyOf(reviewerGroups);
        reviewerUsers = Set.copyOf(reviewerUsers);
    }

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
