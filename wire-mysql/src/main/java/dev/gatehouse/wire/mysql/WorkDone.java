package dev.gatehouse.wire.mysql;

import dev.gatehouse.wire.mysql.auth.ServerProof.Step;
import dev.gatehouse.wire.mysql.message.ProtocolViolation;
import org.jspecify.annotations.Nullable;

/** What some work of a login has come to, so that it can be told on the session's loop. */
record WorkDone(@Nullable Step made, @Nullable ProtocolViolation violation) {

    /** Does the work, which may take its time. */
    static WorkDone of(Step.Work work) {
        try {
            return new WorkDone(work.work().get(), null);
        } catch (ProtocolViolation e) {
            return new WorkDone(null, e);
        }
    }

    /**
     * The step it has made.
     *
     * @throws ProtocolViolation where it has made none
     */
    Step step() {
        if (violation != null) {
            throw violation;
        }
        if (made == null) {
            throw new IllegalStateException("work without an outcome");
        }
        return made;
    }
}
