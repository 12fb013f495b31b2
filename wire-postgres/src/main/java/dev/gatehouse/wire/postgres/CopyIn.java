package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.wire.postgres.message.Frame;
import dev.gatehouse.wire.postgres.message.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Keeps both sides in step while a client copies data in. The server then ignores every Sync, so that one sent between the
 * Execute and the end of the data is kept from it, and given to it only when no copying begins.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-COPY">COPY Operations</a>
 */
final class CopyIn {

    private final Serving serving;
    /** What copies in, from the message that runs it to the end of the data. */
    private @Nullable Portal portal;

    /** How many times it copies in, from here on. */
    private int copies;

    private boolean simple;
    private boolean syncKept;

    CopyIn(Serving serving) {
        this.serving = serving;
    }

    /** Notes that a statement goes to the server. */
    void sent(Portal statement, boolean simpleQuery) {
        int found = 0;
        for (Command command : statement.commands()) {
            found += command.verb() == Kind.COPY_IN ? 1 : 0;
        }
        if (found > 0) {
            portal = statement;
            copies = found;
            simple = simpleQuery;
        }
    }

    /** Whether a frame of the client's is kept from the server; one that would put them out of step ends the session. */
    boolean keeps(byte tag) {
        if (portal == null) {
            return false;
        }
        switch (tag) {
            case 'H', 'X' -> {
                return false;
            }
            case 'c' -> {
                copies--;
                if (copies == 0) {
                    end();
                }
                return false;
            }
            case 'f' -> {
                end();
                return false;
            }
            default -> {
                if (tag != 'S' || simple) {
                    throw new ProtocolViolation("message '" + (char) tag + "' while data is copied in");
                }
                syncKept = true;
                return true;
            }
        }
    }

    /** Whether a Sync was kept from the server that it may have to get yet. */
    boolean keepsSync() {
        return syncKept;
    }

    /** Notes that the server reads data now: what was kept, it would have ignored. */
    void begun() {
        syncKept = false;
    }

    /** Notes that a statement has ended on the server. */
    void ended(Portal statement) {
        if (statement == portal) {
            failed();
        }
    }

    /** Notes that no data will be read; gives the server the Sync that was kept. Answers whether there was one. */
    boolean failed() {
        boolean kept = syncKept;
        end();
        if (kept) {
            ByteBuf out = serving.allocate();
            Frame.strings(out, 'S');
            serving.toServer(out);
            serving.replies.expect(new Reply.Synced(serving.names.endSegment()));
        }
        return kept;
    }

    private void end() {
        portal = null;
        syncKept = false;
    }
}
