package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.gate.Gate.Checkpoint;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Statement.Transaction;
import dev.gatehouse.wire.postgres.Names.Step;
import dev.gatehouse.wire.postgres.message.Body;
import dev.gatehouse.wire.postgres.message.Frame;
import dev.gatehouse.wire.postgres.message.Report;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A session after login. Holds what both directions must agree on: what the server still owes, which statements and
 * portals exist, and the state of the transaction. {@link Frontend} reads the client, {@link Backend} the server.
 */
final class Serving implements Phase {

    /** A longer message ends the session; PostgreSQL's own bound is 1 GiB. */
    private static final int MAX_FRAME_BYTES = 256 << 20;

    private static final String ASK_SETTINGS = "SELECT pg_catalog.current_setting('search_path'), CURRENT_USER";
    private static final int SETTINGS = 2;
    /** A transaction that has written nothing has no number; it has changed no table then. */
    private static final String ASK_CHANGES = ", pg_catalog.pg_current_xact_id_if_assigned() IS NULL";

    final PgSession connection;
    final Session session;
    final Checkpoint checkpoint;
    final Parameters parameters;
    /** Whether masks concern this session at all. */
    final boolean masked;

    final OwnChanges ownChanges;

    final CopyIn copyIn = new CopyIn(this);

    final Names names = new Names(this::resumeClientLater);
    final Replies replies;

    private final @Nullable CancelKey serverKey;
    private final CancelKey clientKey;
    private final Frontend frontend;
    final Rows rows;
    final Frames clientFrames;
    final Frames serverFrames;

    /** The transaction's status as the last ReadyForQuery told it: idle, in a transaction, or failed. */
    private byte status = 'I';
    /** Whether the open transaction was sent something that writes. */
    private boolean wrote;
    /** Whether anything was run since all was answered. */
    private boolean begun;
    /** Whether something that touches masked columns may be left to run later in the transaction. */
    private boolean left;
    /** Whether a message waits until nothing is under way. */
    private boolean awaited;

    /**
     * @param reported the settings the server reported
     * @param serverKey what cancels on the server; null where it gave none
     * @param secretBytes how long the secret of the client's own key is
     */
    Serving(
            PgSession connection,
            Session session,
            Map<String, String> reported,
            @Nullable CancelKey serverKey,
            int secretBytes) {
        this.connection = connection;
        this.session = session;
        this.checkpoint = connection.protocol.gate.open(session, connection.recorder);
        this.parameters = new Parameters(session, reported);
        this.masked = connection.protocol.masking.concerns(session);
        this.ownChanges = new OwnChanges(masked);
        this.serverKey = serverKey;
        this.clientKey = connection.protocol.cancellations.register(this, serverKey, secretBytes);
        this.frontend = new Frontend(this);
        Tags backendTags = Tags.backend();
        this.rows = new Rows(this, backendTags);
        this.replies = new Replies(names, rows::arrive);
        this.clientFrames = new Frames(
                frontend,
                bytes -> connection.relay.server().write(bytes),
                Tags.frontend(),
                connection.relay.allocator(),
                MAX_FRAME_BYTES);
        this.serverFrames = new Frames(
                new Backend(this, rows),
                connection::toClient,
                backendTags,
                connection.relay.allocator(),
                MAX_FRAME_BYTES);
    }

    /**
     * Tells the client it is in.
     *
     * @param serverProof the end of the client's SCRAM exchange
     * @param reported the settings the server reported
     * @param early what the client has sent already; owned
     */
    void begin(String serverProof, Map<String, String> reported, ByteBuf early) {
        connection.recorder.record(Event.Opened.of(session));
        ByteBuf out = allocate();
        ClientLogin.authenticated(out, serverProof);
        reported.forEach((name, value) -> Frame.strings(out, 'S', name, value));
        int start = Frame.begin(out, 'K');
        out.writeInt(clientKey.process()).writeBytes(clientKey.secret());
        Frame.end(out, start);
        out.writeByte('Z').writeInt(5).writeByte('I');
        connection.toClient(out);
        askIfNeeded();
        fromClient(early);
    }

    @Override
    public void fromClient(ByteBuf bytes) {
        if (!bytes.isReadable()) {
            bytes.release();
            return;
        }
        connection.record(bytes);
        clientFrames.accept(bytes);
        frontend.limitStash();
    }

    @Override
    public void fromServer(ByteBuf bytes) {
        serverFrames.accept(bytes);
        rows.flush();
        if (replies.isRelieved()) {
            resumeClientLater();
        }
    }

    ByteBuf allocate() {
        return connection.relay.allocator().buffer();
    }

    Executor loop() {
        return connection.relay.loop();
    }

    /** Sends something of the gateway's own to the server, behind everything passed on so far. */
    void toServer(ByteBuf bytes) {
        clientFrames.flush();
        connection.relay.server().write(bytes);
    }

    /** Notes that a statement goes to the server to be run; answers what it does with names. */
    List<Step> running(Portal portal) {
        Analysis analysis = portal.analysis();
        parameters.begin(analysis);
        begun = true;
        wrote = wrote || analysis.mayWrite();
        ownChanges.sent(analysis);
        List<Step> steps = names.sent(portal);
        if (masked && portal.runsUnknownCode()) {
            names.doubt();
        }
        left = left || ((analysis.mayWrite() || !portal.standsAlone()) && isSensitive(analysis));
        return steps;
    }

    /** Whether the open transaction may hold back something that touches masked columns. */
    boolean hasLeft() {
        return left;
    }

    /** Whether the next message meets a failed transaction for certain. */
    boolean hasFailed() {
        return status == 'E' && replies.changeNothing();
    }

    /** The transaction the next statement meets, pessimistically while answers are outstanding. */
    Transaction transaction() {
        if (replies.runNothing() && (status == 'E' || (status == 'I' && !begun))) {
            return status == 'E' ? Transaction.FAILED : Transaction.NONE;
        }
        return wrote ? Transaction.WRITTEN : Transaction.CLEAN;
    }

    /**
     * Notes a ReadyForQuery.
     *
     * @param segment which one has ended with it; negative for none
     */
    void ready(byte newStatus, int segment) {
        status = newStatus;
        if (replies.isEmpty()) {
            copyIn.failed();
            begun = false;
            wrote &= newStatus != 'I';
        }
        if (newStatus == 'I') {
            if (segment >= 0) {
                names.transactionEnded(segment);
            }
            changesHold(replies.isEmpty());
        }
        if (replies.isEmpty()) {
            left &= newStatus != 'I';
            parameters.settle(newStatus == 'I');
            if (awaited) {
                awaited = false;
                resumeClientLater();
            }
        }
    }

    /** What was changed of tables holds for everybody now. */
    void changesHold(boolean last) {
        ownChanges.transactionEnded(
                connection.protocol.catalogs, session.upstream().name(), session.database(), last);
    }

    /** Whether the server is at something, so that the session's place is taken until it has ended that. */
    boolean isBusy() {
        return !replies.isEmpty();
    }

    /** Whether what it is at may change tables, so that it is followed to its end. */
    boolean isFollowed() {
        return ownChanges.any();
    }

    /** The server has ended what it was at, and nobody waited for it. */
    void aftermath() {
        changesHold(true);
        vacatePlace();
    }

    /**
     * Whether the client's next statement has to wait for what is under way, or for the server's answer to a question. In a
     * failed transaction the server answers none, and nothing may wait for it; nor does it answer what no Sync follows.
     */
    boolean mustWait() {
        askIfNeeded();
        if (replies.isEmpty()) {
            return false;
        }
        awaited = ownChanges.mayMatter() && replies.endInReady();
        return awaited || replies.next() instanceof Reply.Asked;
    }

    /** Asks the server what it does not report, and keeps the client's next statement waiting. */
    void askIfNeeded() {
        boolean aboutChanges = status == 'T' && ownChanges.mustAsk();
        if (replies.isEmpty() && status != 'E' && (parameters.mustAsk() || aboutChanges)) {
            ByteBuf out = allocate();
            Frame.strings(out, 'Q', aboutChanges ? ASK_SETTINGS + ASK_CHANGES : ASK_SETTINGS);
            toServer(out);
            replies.expect(Reply.Asked.INSTANCE);
        }
    }

    /** Takes in the server's answer to a question. */
    void answered(Body row) {
        int columns = row.int16();
        parameters.answer(text(row), text(row));
        if (columns > SETTINGS) {
            ownChanges.answer(text(row).equals("t"));
        }
    }

    private static String text(Body row) {
        return new String(row.bytes(row.int32()), StandardCharsets.UTF_8);
    }

    /** The server skips what the client sends before its next Sync, which it has not sent yet. */
    void skipToSync() {
        if (!copyIn.failed()) {
            frontend.skipToSync();
        }
    }

    private void resumeClientLater() {
        loop().execute(() -> connection.guard(this::resumeClient));
    }

    /** Goes on with the client's frame that waited. */
    void resumeClient() {
        frontend.resume();
    }

    boolean looksAtProtected(Command command) {
        return connection.protocol.masking.looksAt(session, command);
    }

    boolean isSensitive(Analysis analysis) {
        return masked && connection.protocol.masking.isSensitive(session, analysis);
    }

    @Override
    public boolean mayTell() {
        return serverFrames.atBoundary();
    }

    /** A statement that waits for approval has not begun; what was sent in front of it only prepares it. */
    @Override
    public boolean isIdle() {
        return mayTell() && (frontend.holds() ? !replies.holdReady() : status == 'I' && replies.isEmpty());
    }

    /** What runs on the server now; null when nothing does, or it cannot be cancelled. */
    Cancelling.@Nullable Target running() {
        return replies.isEmpty() || serverKey == null ? null : new Cancelling.Target(session.upstream(), serverKey);
    }

    /** Ends the session on the server in good order, unless it waits for the rest of a message. */
    void sayGoodbye() {
        if (clientFrames.atBoundary()) {
            ByteBuf out = allocate();
            Frame.empty(out, 'X');
            toServer(out);
        }
    }

    /** Tells the client something of the gateway's own, if it is between two messages of the server's. */
    void tell(Report report) {
        if (mayTell()) {
            connection.toClient(report);
        }
    }

    /** A sign of life that no client shows: a setting's unchanged value. */
    void heartbeat() {
        if (mayTell()) {
            ByteBuf out = allocate();
            Frame.strings(out, 'S', "application_name", parameters.value("application_name"));
            connection.toClient(out);
        }
    }

    /** Cancels what waits here; answers what runs on the server instead, or null when there is nothing to do there. */
    Cancelling.@Nullable Target cancel() {
        return frontend.withdraw(Checkpoint.CANCELLED) || serverKey == null
                ? null
                : new Cancelling.Target(session.upstream(), serverKey);
    }

    /** The server hears of it as well, once it has got all that the client has said, and ends as it does by itself. */
    @Override
    public void clientFinished() {
        if (frontend.holds()) {
            clientGone();
        } else if (!clientFrames.waits() && !copyIn.keepsSync()) {
            if (replies.isEmpty()) {
                clientGone();
            } else {
                connection.relay.finishServer();
            }
        }
    }

    @Override
    public void clientGone() {
        frontend.withdraw("disconnected");
        connection.close("the client closed the connection");
    }

    @Override
    public void serverGone() {
        frontend.withdraw("the server closed the connection");
        connection.close("the server closed the connection");
    }

    /** Gives up the session's place among those that may be open at once. */
    void vacatePlace() {
        connection.protocol.entrance.left(session);
    }

    /** The session's end, for the journal and the doors. */
    void leave(String reason) {
        frontend.withdraw(reason);
        changesHold(false);
        connection.protocol.cancellations.remove(clientKey);
        connection.recorder.record(new Event.Closed(session.number(), reason));
    }

    @Override
    public void release() {
        clientFrames.release();
        serverFrames.release();
        rows.release();
    }
}
