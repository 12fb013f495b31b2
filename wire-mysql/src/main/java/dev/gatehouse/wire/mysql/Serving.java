package dev.gatehouse.wire.mysql;

import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.gate.Gate.Checkpoint;
import dev.gatehouse.firewall.gate.Refusal;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Statement.Transaction;
import dev.gatehouse.wire.mysql.message.ChangeUser;
import dev.gatehouse.wire.mysql.message.Commands;
import dev.gatehouse.wire.mysql.message.Err;
import dev.gatehouse.wire.mysql.message.Ok;
import dev.gatehouse.wire.mysql.message.ProtocolViolation;
import dev.gatehouse.wire.mysql.message.SessionChange;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A session after login. Holds what both directions must agree on: what the server owes, what decides how text is read, and
 * the state of the transaction. {@link Frontend} reads the client, {@link Backend} the server.
 *
 * <p>One command is under way at a time, as on a server: what a client sends behind it waits until it is answered.
 */
final class Serving implements Phase {

    /** A longer payload ends the session; the servers' own bound is 1 GiB. */
    private static final int MAX_PAYLOAD_BYTES = 256 << 20;

    final MySqlSession connection;
    final Session session;
    final Agreement agreement;
    final Checkpoint checkpoint;
    final Variables variables;
    final Diagnostics diagnostics;
    final CatalogChanges changes;
    final Statements statements;
    final Names names = new Names();
    /** Whether masks concern this session at all. */
    final boolean masked;

    private final Linked linked;
    private final Journaled journaled;
    private final Frontend frontend;
    private final Backend backend;
    final Rows rows;
    final Packets clientPackets;
    final Packets serverPackets;

    /** What the server owes; null while it is the client's turn. */
    private @Nullable Reply reply;
    /** Whether something of the gateway's own must end before the next command is looked at. */
    private boolean occupied;

    private final TransactionState transaction = new TransactionState();
    /** Whether what the server may tell of the last statement's errors may quote protected values. */
    private boolean tellsValues;

    private boolean quitting;

    Serving(MySqlSession connection, Session session, Linked linked, Variables variables) {
        this.connection = connection;
        this.session = session;
        this.linked = linked;
        this.agreement = linked.agreement();
        this.journaled = new Journaled(connection);
        this.variables = variables;
        this.statements = new Statements(variables.mayBeMariaDb());
        this.checkpoint = connection.protocol.gate.open(session, connection.recorder);
        this.masked = connection.protocol.masking.concerns(session);
        this.changes = new CatalogChanges(connection.protocol.catalogs, session, masked);
        this.diagnostics = new Diagnostics(agreement.deprecatesEof(), agreement.extendedMetadata());
        this.rows = new Rows(this);
        this.frontend = new Frontend(this);
        this.backend = new Backend(this, rows);
        this.clientPackets = new Packets(
                frontend,
                bytes -> connection.relay.server().write(bytes),
                connection.relay.allocator(),
                MAX_PAYLOAD_BYTES,
                connection.clientNumbers,
                connection.serverNumbers);
        this.serverPackets = new Packets(
                backend,
                connection::toClient,
                connection.relay.allocator(),
                MAX_PAYLOAD_BYTES,
                connection.serverNumbers,
                connection.clientNumbers);
    }

    /** Tells the client it is in, as the server has said it. */
    void begin(Ok welcome) {
        connection.protocol.connections.serves(connection.connection, this);
        connection.recorder.record(Event.Opened.of(session));
        transaction.told(welcome.status());
        ByteBuf out = allocate();
        welcome.write(out, connection.clientNumbers.take(), Ok.TAG, agreement.clientTracks());
        connection.toClient(out);
    }

    @Override
    public void fromClient(ByteBuf bytes) {
        if (!bytes.isReadable()) {
            bytes.release();
            return;
        }
        journaled.record(bytes, frontend.sendsFile());
        clientPackets.accept(bytes);
        frontend.limitStash();
    }

    @Override
    public void fromServer(ByteBuf bytes) {
        serverPackets.accept(bytes);
        rows.flush();
    }

    ByteBuf allocate() {
        return connection.relay.allocator().buffer();
    }

    Executor loop() {
        return connection.relay.loop();
    }

    long serverNumber() {
        return linked.serverNumber();
    }

    /** What the server owes; null while it is the client's turn. */
    @Nullable
    Reply reply() {
        return reply;
    }

    /** Whether the client's next command may be looked at. */
    boolean isFree() {
        return reply == null && !occupied;
    }

    /** Keeps the client's next command waiting until {@link #vacate}. */
    void occupy() {
        occupied = true;
    }

    /** Goes on with the client's next command. */
    void vacate() {
        occupied = false;
        resumeLater();
    }

    /** Notes that a command goes to the server, which owes an answer to it. */
    void expect(Reply due) {
        reply = due;
        backend.expect(due);
    }

    /** The server has answered; the client's next command may have come already. */
    void answered() {
        if (frontend.sendsFile()) {
            throw new ProtocolViolation("the server answers before it has got the whole file");
        }
        reply = null;
        resumeLater();
    }

    private void resumeLater() {
        if (clientPackets.stashedBytes() > 0) {
            loop().execute(() -> connection.guard(frontend::resume));
        }
    }

    /** Sends the server a command of the gateway's own. */
    void toServer(ByteBuf command) {
        clientPackets.flush();
        connection.relay.server().write(command);
    }

    /** Sends the server a command in place of the client's. */
    void command(int command, byte[] text) {
        clientPackets.flush();
        connection.command(command, text);
    }

    /** Asks the server what it may have been kept from telling, and keeps the client's command at hand waiting. */
    void ask() {
        expect(new Reply.Asked(new Inquiry(agreement.deprecatesEof()), variables::take));
        command(Commands.QUERY, Inquiry.ASK.getBytes(StandardCharsets.US_ASCII));
    }

    /** Notes that a statement goes to the server to be run. */
    void running(Execution execution) {
        diagnostics.forget();
        transaction.sent(execution.analysis());
        if (!Diagnostics.isQuestion(execution.sql())) {
            tellsValues = isSensitive(execution.analysis());
        }
    }

    /** Whether what {@code SHOW WARNINGS} and its like tell may quote protected values. */
    boolean tellsValues() {
        return tellsValues;
    }

    /** The transaction the next statement meets. */
    Transaction transaction() {
        return transaction.met();
    }

    /** Takes in what the server tells of the session behind an answer. */
    void status(int told) {
        transaction.told(told);
    }

    /** What the gateway tells of the session behind an answer of its own. */
    int status() {
        return transaction.status();
    }

    void changed(List<SessionChange> changes) {
        changes.forEach(variables::report);
    }

    /**
     * Notes that a statement has run.
     *
     * @param completed how many of its commands have succeeded for certain
     */
    void ran(Execution execution, int completed) {
        variables.ran(execution.analysis(), completed, !masked && Wording.keepsReading(execution.sql()));
        names.ran(execution.naming, execution.commands(), completed);
        changes.ran(execution.analysis());
    }

    /** Whether the server is at something, so that the session's place is taken until it has ended that. */
    boolean isBusy() {
        return reply != null;
    }

    /** Whether what it is at may change tables, so that it is followed to its end. */
    boolean isFollowed() {
        return CatalogChanges.isOf(reply);
    }

    /** The server has ended what it was at, and nobody waited for it. */
    void aftermath() {
        changes.ended(reply);
        vacatePlace();
    }

    boolean isSensitive(Analysis analysis) {
        return masked && connection.protocol.masking.isSensitive(session, analysis);
    }

    /** The client may send the file that the server has asked for. */
    void sendFile() {
        journaled.fileComes();
        frontend.sendFile();
        resumeLater();
    }

    /** Answers the command at hand with a refusal. */
    void refuse(Refusal refusal) {
        Err error = Refusals.error(refusal);
        refuse(error);
        diagnostics.keep(error, Refusals.notes(refusal));
    }

    /** Answers the command at hand with an error that is the server's own everywhere else: it is found in the diagnostics. */
    void refuseAs(Err error) {
        refuse(error);
        diagnostics.keep(error, List.of());
    }

    /** Answers the command at hand with an error of the gateway's own. */
    void refuse(Err error) {
        serverPackets.flush();
        connection.toClient(error);
    }

    /**
     * The server ends the connection by itself. To a client that waits for an answer this is one; to any other it is told with the
     * number it came with, as without a gateway.
     */
    void interrupt(Err error) {
        if (isFree() && !clientPackets.waits()) {
            connection.clientNumbers.restartAt(connection.serverNumbers.last());
        }
        refuse(error);
        connection.close("the server ended the connection: " + error.code() + " " + error.message());
    }

    /** Answers the command at hand with success. */
    void succeed() {
        ByteBuf out = allocate();
        Ok.plain(status()).write(out, connection.clientNumbers.take(), Ok.TAG, agreement.clientTracks());
        connection.toClient(out);
    }

    /** Tells a client that understands it for whom its statement waits. */
    void progress(Ticket.Pending pending) {
        if (agreement.showsProgress()) {
            ByteBuf out = allocate();
            Refusals.held(pending, out, connection.clientNumbers.take());
            connection.toClient(out);
        }
    }

    /** Takes back what waits for a person here; answers whether anything did. */
    boolean withdraw(String reason) {
        return frontend.withdraw(reason);
    }

    /** A statement that waits for approval has not begun. */
    @Override
    public boolean isIdle() {
        return isFree() && mayTell() && (frontend.holds() || transaction() == Transaction.NONE);
    }

    /**
     * Ends the session on the server in good order. What the client is told behind that is the answer to the command it is at,
     * or to its next one.
     */
    void sayGoodbye() {
        if (isFree() && clientPackets.atBoundary()) {
            command(Commands.QUIT, new byte[0]);
            if (!frontend.holds()) {
                connection.clientNumbers.restart();
                connection.clientNumbers.take();
            }
        }
    }

    /** The client wants to be somebody else, on the same connection; what it says behind that belongs to the login. */
    void changeUser(ChangeUser wanted) {
        journaled.loginRead();
        occupy();
        loop().execute(() -> connection.guard(() -> {
            if (clientPackets.holdsBytes()) {
                throw new ProtocolViolation("a client that speaks before its login was answered");
            }
            connection.logInAgain(this, wanted, linked);
        }));
    }

    /** The client ends the session. */
    void quit() {
        quitting = true;
    }

    @Override
    public boolean mayTell() {
        return serverPackets.atBoundary();
    }

    /** The server hears of it as well, once it has got all that the client has said, and ends as it does by itself. */
    @Override
    public void clientFinished() {
        if (frontend.holds()) {
            clientGone();
        } else if (!occupied && !clientPackets.waits()) {
            connection.relay.finishServer();
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
        connection.close(quitting ? "the client ended the session" : "the server closed the connection");
    }

    /** Gives up the session's place among those that may be open at once. */
    void vacatePlace() {
        connection.protocol.entrance.left(session);
    }

    /** The session's end, for the journal and the doors. */
    void leave(String reason) {
        frontend.withdraw(reason);
        connection.protocol.connections.left(connection.connection);
        connection.recorder.record(new Event.Closed(session.number(), reason));
    }

    @Override
    public void release() {
        clientPackets.release();
        serverPackets.release();
        rows.release();
    }
}
