package dev.gatehouse.wire.postgres;

import dev.gatehouse.wire.postgres.message.ProtocolViolation;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the server still owes, oldest first. Lives on the session's loop. */
final class Replies {

    /** What may be due before no more is asked of the server. */
    private static final int MANY = 16_384;

    /** What may be due still when it is asked again: more than a server that was sent no Sync keeps back. */
    private static final int FEW = MANY / 2;

    private final ArrayDeque<Reply> due = new ArrayDeque<>();
    private boolean crowded;
    /** Whether the answer that came last was that of a message which no transaction of its own ends with. */
    private boolean followsExtended;

    private final Names names;
    private final Consumer<@Nullable Reply> arrival;

    /**
     * @param names for what an error undoes
     * @param arrival told which answer comes next, whenever that changes; null when none does
     */
    Replies(Names names, Consumer<@Nullable Reply> arrival) {
        this.names = names;
        this.arrival = arrival;
    }

    boolean isEmpty() {
        return due.isEmpty();
    }

    /** Whether so much is due that what the client sends has to wait until half of it has come. */
    boolean isCrowded() {
        crowded = due.size() >= (crowded ? FEW : MANY);
        return crowded;
    }

    /** Whether the client has to wait no more that had to. */
    boolean isRelieved() {
        return crowded && !isCrowded();
    }

    /** Whether no answers are due but those of messages that change nothing in a failed transaction. */
    boolean changeNothing() {
        return due.stream().allMatch(reply -> reply instanceof Reply.Synced || reply instanceof Reply.Described);
    }

    /** Whether no answers are due but those of messages that run nothing and end no transaction. */
    boolean runNothing() {
        return due.stream()
                .allMatch(reply -> reply instanceof Reply.Parsed
                        || reply instanceof Reply.Described
                        || reply instanceof Reply.Closed
                        || reply instanceof Reply.Limited
                        || reply instanceof Reply.Cleared);
    }

    /** Whether a ReadyForQuery is due at all, so that something may be under way that is worth waiting for. */
    boolean holdReady() {
        return due.stream().anyMatch(reply -> !reply.isExtended());
    }

    /** Whether a ReadyForQuery is the last that is due, so that the server keeps nothing back. */
    boolean endInReady() {
        Reply last = due.peekLast();
        return last != null && !last.isExtended();
    }

    /** Whether messages of the extended protocol, and no Sync, were answered right before what comes next. */
    boolean followsExtended() {
        return followsExtended;
    }

    /** The answer that comes next; null when none is due. */
    @Nullable
    Reply next() {
        return due.peek();
    }

    void expect(Reply reply) {
        due.add(reply);
        if (due.size() == 1) {
            arrival.accept(reply);
        }
    }

    /** Takes the answer that has come off, which must be of this kind. */
    <R extends Reply> R end(Class<R> kind) {
        Reply head = due.peek();
        if (!kind.isInstance(head)) {
            throw new ProtocolViolation("an answer of kind " + kind.getSimpleName() + " nobody waits for");
        }
        due.remove();
        followsExtended = head.isExtended();
        arrival.accept(due.peek());
        return kind.cast(head);
    }

    /**
     * Drops what the server skips after an error, simple queries too, and undoes what was noted for it ahead of time.
     *
     * @param unrun is given what is not run because of that
     */
    void skipToSync(Consumer<Portal> unrun) {
        for (Reply reply = due.peek(); reply != null && !(reply instanceof Reply.Synced); reply = due.peek()) {
            due.remove();
            if (reply instanceof Reply.Executed executed) {
                unrun.accept(executed.portal());
            } else if (reply instanceof Reply.Queried queried) {
                unrun.accept(queried.portal());
            }
            undo(reply);
        }
        arrival.accept(due.peek());
    }

    private void undo(Reply reply) {
        if (reply instanceof Reply.Parsed parsed) {
            names.undo(names.statements, parsed.change());
        } else if (reply instanceof Reply.Bound bound) {
            names.undo(names.portals, bound.change());
        } else if (reply instanceof Reply.Described described) {
            described.prepared().describing = described.prepared().columns != null;
        } else if (reply instanceof Reply.Closed closed) {
            if (closed.statement() != null) {
                names.undo(names.statements, closed.statement());
            }
            if (closed.portal() != null) {
                names.undo(names.portals, closed.portal());
            }
        } else if (reply instanceof Reply.Executed executed) {
            names.left(executed.steps(), 0);
        } else if (reply instanceof Reply.Queried queried) {
            names.left(queried.steps(), 0);
        } else if (reply instanceof Reply.Limited limited) {
            limited.question().skipped();
        }
    }
}
