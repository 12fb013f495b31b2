package dev.gatehouse.wire.postgres;

import dev.gatehouse.wire.postgres.message.ProtocolViolation;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the server still owes, oldest first. Lives on the session's loop. */
final class Replies {

    private final ArrayDeque<Reply> due = new ArrayDeque<>();
    private final Map<String, Prepared> statements;
    private final Map<String, Portal> portals;
    private final Consumer<@Nullable Reply> arrival;

    /**
     * @param statements the prepared statements, for what an error undoes
     * @param portals the portals, for what an error undoes
     * @param arrival told which answer comes next, whenever that changes; null when none does
     */
    Replies(Map<String, Prepared> statements, Map<String, Portal> portals, Consumer<@Nullable Reply> arrival) {
        this.statements = statements;
        this.portals = portals;
        this.arrival = arrival;
    }

    boolean isEmpty() {
        return due.isEmpty();
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
        arrival.accept(due.peek());
        return kind.cast(head);
    }

    /** Drops what the server skips after an error, simple queries too, and undoes what was noted for it ahead of time. */
    void skipToSync() {
        for (Reply reply = due.peek(); reply != null && !(reply instanceof Reply.Synced); reply = due.peek()) {
            due.remove();
            undo(reply);
        }
        arrival.accept(due.peek());
    }

    private void undo(Reply reply) {
        if (reply instanceof Reply.Parsed parsed) {
            Prepared failed = parsed.prepared();
            if (statements.remove(failed.name, failed) && failed.previous != null && !failed.name.isEmpty()) {
                statements.put(failed.name, failed.previous);
            }
        } else if (reply instanceof Reply.Bound bound) {
            portals.remove(bound.portal().name, bound.portal());
        } else if (reply instanceof Reply.Described described) {
            described.prepared().describing = described.prepared().columns != null;
        } else if (reply instanceof Reply.Closed closed) {
            if (closed.prepared() != null) {
                statements.putIfAbsent(closed.prepared().name, closed.prepared());
            }
            if (closed.portal() != null) {
                portals.putIfAbsent(closed.portal().name, closed.portal());
            }
        }
    }
}
