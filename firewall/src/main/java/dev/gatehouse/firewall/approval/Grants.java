package dev.gatehouse.firewall.approval;

import dev.gatehouse.firewall.audit.Event;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What people may do for a while because others said so. A grant is asked for, approved and rejected as any request is, and
 * counts from its last approval on. What counts is in the store alone: each statement that needs a grant is taken from it
 * there, so that what was revoked or used up is so for the next statement at every gateway.
 */
public interface Grants {

    /**
     * A grant somebody holds.
     *
     * @param id of the request by which it was asked for
     * @param rule the id of the policy's grant
     */
    record Held(String id, String rule) {}

    /**
     * The grants somebody may hold. Returns at once; one that was approved a moment ago elsewhere may be missing, and one that
     * has ended may still be there: {@link #spend} knows.
     */
    List<Held> of(String identity);

    /**
     * Takes a statement from a grant, and records both.
     *
     * @param identity whose the grant must be
     * @param statement what is recorded of the statement if the grant counts
     * @param otherwise what is recorded if it does not
     * @return completes on another thread with whether it counts; with what {@link Approvals#ask} completes with at worst
     */
    CompletionStage<Boolean> spend(Held grant, String identity, Event.Asked statement, Event.Asked otherwise);
}
