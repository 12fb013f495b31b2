package dev.gatehouse.firewall.approval;

import java.util.function.Function;

/** What the desk says to a person who decides. */
public sealed interface Answer {

    /**
     * The decision counts and is recorded.
     *
     * @param ticket the ticket after it; still pending when more people must approve
     */
    record Moved(Ticket ticket) implements Answer {}

    /**
     * The decision does not count; the ticket stands where it stood, unless its deadline had passed.
     *
     * @param reason the kind of refusal
     * @param message the whole answer in one line
     */
    record Refused(Reason reason, String message) implements Answer {}

    /** Why a decision does not count. */
    enum Reason {
        /** There is no such request, or it ended so long ago that it is forgotten. */
        UNKNOWN,
        /** This person may not decide it. */
        NOT_PERMITTED,
        /** It has ended. */
        CLOSED,
        /** The flow wants a comment. */
        COMMENT_REQUIRED,
        /** The code given is not the request's: the person looked at something else. */
        CODE_MISMATCH,
        /** The journal could not record it. */
        JOURNAL,
        /** The store of the requests does not answer. */
        STORE
    }

    /** Answers by case. */
    default <R> R match(Function<Moved, R> moved, Function<Refused, R> refused) {
        if (this instanceof Moved m) {
            return moved.apply(m);
        }
        return refused.apply((Refused) this);
    }
}
