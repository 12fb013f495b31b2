package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.statement.Statement.Transaction;
import dev.gatehouse.wire.postgres.message.Bind;
import dev.gatehouse.wire.postgres.message.Body;
import dev.gatehouse.wire.postgres.message.Frame;
import dev.gatehouse.wire.postgres.message.Parse;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks the server for the {@link HoldLimits} of a statement that is about to wait. It is prepared and bound by a name, as a
 * simple query would take away the statement without one. In the middle of messages that the client's Sync ends, none of the
 * gateway's own does: a transaction may be open until then.
 */
final class HoldQuestion {

    private static final String NAME = "gatehouse_limits";
    private static final String CANCELED = "57014";
    private static final int[] NO_TYPES = new int[0];
    /** Of the portal and of the statement, in front as well: an error may have left the last ones. */
    private static final int CLOSES = 4;

    private final boolean sync;
    private final Runnable came;
    private HoldLimits limits = HoldLimits.UNKNOWN;
    private boolean open = true;
    private boolean stale;
    private int closed;

    /** @param came run when it is answered, or never will be */
    HoldQuestion(Serving serving, Runnable came) {
        Replies replies = serving.replies;
        this.sync = replies.isEmpty() ? !replies.followsExtended() : replies.endInReady();
        this.came = came;
        ByteBuf out = serving.allocate();
        close(out);
        Parse.write(out, NAME, HoldLimits.QUESTION.getBytes(StandardCharsets.US_ASCII), NO_TYPES);
        int bind = Frame.begin(out, Bind.TAG);
        Frame.string(out, NAME);
        Frame.string(out, NAME);
        out.writeShort(0).writeShort(0).writeShort(0);
        Frame.end(out, bind);
        int execute = Frame.begin(out, 'E');
        Frame.string(out, NAME);
        out.writeInt(0);
        Frame.end(out, execute);
        close(out);
        Frame.empty(out, sync ? 'S' : 'H');
        serving.toServer(out);
        replies.expect(new Reply.Limited(this));
    }

    private static void close(ByteBuf out) {
        Frame.strings(out, 'C', "P" + NAME);
        Frame.strings(out, 'C', "S" + NAME);
    }

    boolean endsInSync() {
        return sync;
    }

    boolean isOpen() {
        return open;
    }

    /** Whether a message of the server's is part of the answer, and no error, notice or the like. */
    boolean expects(byte tag) {
        return "123C".indexOf(tag) >= 0 || (sync && tag == 'Z');
    }

    void row(Body row) {
        limits = HoldLimits.read(row);
    }

    /** Takes in the error it met; where its time was over at once, so is the statement's. */
    void failed(String state) {
        limits = state.equals(CANCELED) ? HoldLimits.IMPATIENT : HoldLimits.UNKNOWN;
    }

    /** Whether this part of the answer is the last one. */
    boolean isAnsweredBy(byte tag) {
        closed += tag == '3' ? 1 : 0;
        return sync ? tag == 'Z' : closed == CLOSES;
    }

    void answered() {
        open = false;
        came.run();
    }

    /** An error has kept the server from it, and it skips the statement as well. */
    void skipped() {
        stale = true;
        answered();
    }

    /** Whether it says nothing of what comes next. */
    boolean isStale() {
        return stale;
    }

    /** How long the statement may wait. */
    Optional<Duration> most(Transaction transaction) {
        return limits.most(transaction, !sync);
    }
}
