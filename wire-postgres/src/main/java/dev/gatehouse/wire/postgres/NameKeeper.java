package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.wire.postgres.Meanings.Change;
import dev.gatehouse.wire.postgres.message.Frame;
import dev.gatehouse.wire.postgres.message.Parse;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the server's names standing for what they stand for here: by messages of the gateway's own, in front of the client's.
 * Lives on the session's loop.
 */
final class NameKeeper {

    static final byte STATEMENT = 'S';
    static final byte PORTAL = 'P';

    private static final Analysis NOTHING = new Analysis.Understood(List.of());

    private final Serving serving;

    NameKeeper(Serving serving) {
        this.serving = serving;
    }

    /**
     * A statement that the server means by its name for certain. Where code has run that may have given the name to another
     * one, it is prepared again, in front of the message at hand. Null where that cannot be done.
     */
    @Nullable
    Prepared certain(@Nullable Prepared known) {
        if (known == null || known.doubts == serving.names.doubts()) {
            return known;
        }
        boolean reads =
                known.modes.equals(serving.parameters.scope().modes()) && serving.parameters.isReadable(known.sql);
        if (!known.isByMessage() || !reads) {
            return null;
        }
        return anew(known, known.again(serving.names.doubts()));
    }

    /** Prepares another statement by a name, in front of the message at hand. */
    Prepared anew(Prepared known, Prepared again) {
        clear(STATEMENT, known.name);
        send(out -> Parse.write(out, again.name, again.sql, again.declared));
        Change<Prepared> change = serving.names.statements.change(again.name, again, serving.names.segment());
        serving.replies.expect(new Reply.Parsed(NOTHING, change, true));
        return again;
    }

    /** Keeps unknown code from portals that would execute another statement than the one they were ruled on for. */
    void clearSwapped(Portal running) {
        if (running.runsUnknownCode()) {
            for (String name : serving.names.swapped()) {
                clear(PORTAL, name);
            }
        }
    }

    void send(Consumer<ByteBuf> message) {
        ByteBuf out = serving.allocate();
        message.accept(out);
        serving.toServer(out);
    }

    void clear(byte kind, String name) {
        send(out -> Frame.strings(out, 'C', (char) kind + name));
        serving.replies.expect(Reply.Cleared.INSTANCE);
    }
}
