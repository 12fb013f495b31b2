package dev.gatehouse.wire.mysql;

import dev.gatehouse.firewall.audit.Direction;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.audit.Recorder;
import dev.gatehouse.firewall.audit.Recorder.JournalUnavailable;
import dev.gatehouse.firewall.session.Arrival;
import dev.gatehouse.firewall.session.Id;
import dev.gatehouse.firewall.wire.Encryption;
import dev.gatehouse.firewall.wire.Relay;
import dev.gatehouse.firewall.wire.WireSession;
import dev.gatehouse.wire.mysql.message.ChangeUser;
import dev.gatehouse.wire.mysql.message.Err;
import dev.gatehouse.wire.mysql.message.PacketsOutOfOrder;
import dev.gatehouse.wire.mysql.message.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's connection: hands what happens to the phase it is in, and everything the client gets to the journal. */
final class MySqlSession implements WireSession {

    private static final Logger LOG = LoggerFactory.getLogger(MySqlSession.class);

    private static final Err TERMINATED = new Err(1053, "08S01", "Server shutdown in progress");

    final MySqlProtocol protocol;
    final Relay relay;
    final Recorder recorder;
    /** The number that the client knows its connection by. */
    final long connection;
    /** The numbers of the packets between the client and the gateway. */
    final Numbers clientNumbers = new Numbers();

    private byte[] scramble = new byte[0];
    /** The numbers of the packets between the gateway and the server. */
    final Numbers serverNumbers = new Numbers();

    /** The number of the connection and of the session it becomes. */
    private long number = Id.next();

    private Arrival arrival;
    private Phase phase;
    private boolean closing;
    /** Whether the session is to end as soon as it is idle. */
    private boolean draining;
    /** What its client is told then. */
    private Err farewell = TERMINATED;
    /** Whether the client says nothing more. */
    private boolean finished;

    MySqlSession(MySqlProtocol protocol, Relay relay, Recorder recorder) {
        this.protocol = protocol;
        this.relay = relay;
        this.recorder = recorder;
        this.connection = protocol.connections.draw();
        this.arrival = new Arrival(relay.source(), false);
        this.phase = new Greeting(this);
    }

    @Override
    public void begin() {
        awaitLogin();
        guard(() -> {
            if (phase instanceof Greeting greeting) {
                greeting.begin();
            }
        });
    }

    private void awaitLogin() {
        long awaited = number;
        relay.after(protocol.loginTimeout, () -> guard(() -> late(awaited)));
    }

    /** As a server does, which closes the connection without a word. */
    private void late(long awaited) {
        if (number == awaited && (phase instanceof Greeting || phase instanceof ClientLogin)) {
            LOG.info(
                    "{} from {} did not log in in time",
                    Id.text(Id.SESSION, number),
                    relay.source().getHostAddress());
            close("it did not log in within " + protocol.loginTimeout);
        }
    }

    void enter(Phase next) {
        phase = next;
    }

    /** What the session is doing. */
    Phase phase() {
        return phase;
    }

    /** How the client has come, as far as that has shown. */
    Arrival arrival() {
        return arrival;
    }

    /** The number of the session, by which the journal knows it. */
    long number() {
        return number;
    }

    /** Notes what the client has proved itself with. */
    void proved(byte[] with) {
        scramble = with;
    }

    /** What the client has proved itself with last. */
    byte[] scramble() {
        return scramble;
    }

    /** Begins another session on the same connection, as the client wants to be somebody else. */
    void logInAgain(Serving former, ChangeUser wanted, Linked linked) {
        if (phase != former) {
            return;
        }
        former.leave("the client logs in again");
        former.vacatePlace();
        former.release();
        number = Id.next();
        ClientLogin login = ClientLogin.again(this, wanted, linked);
        phase = login;
        awaitLogin();
        login.begin();
    }

    /**
     * Sends bytes to the client, once they are in the journal.
     *
     * @param bytes whole packets or a part of one; owned
     */
    void toClient(ByteBuf bytes) {
        try {
            recorder.frames(number, Direction.TO_CLIENT, bytes, bytes.readerIndex(), bytes.readableBytes());
        } catch (JournalUnavailable e) {
            bytes.release();
            throw e;
        }
        relay.client().write(bytes);
    }

    /** Records bytes that came from the client, before anything follows from them. */
    void record(ByteBuf bytes) {
        recorder.frames(number, Direction.FROM_CLIENT, bytes, bytes.readerIndex(), bytes.readableBytes());
    }

    void toClient(Err error) {
        ByteBuf out = relay.allocator().buffer();
        error.write(out, clientNumbers.take());
        toClient(out);
    }

    /** Sends the server a command of the gateway's own. */
    void command(int command, byte[] text) {
        serverNumbers.restart();
        relay.server().write(Payloads.command(relay.allocator(), command, text, serverNumbers));
    }

    /** Answers with an error and ends the session. */
    void fail(int code, String state, String message) {
        fail(new Err(code, state, message));
    }

    void fail(Err error) {
        if (closing) {
            return;
        }
        try {
            if (phase.mayTell()) {
                toClient(error);
            }
        } catch (JournalUnavailable e) {
            LOG.warn("{}: the client is not told why: {}", Id.text(Id.SESSION, number), e.getMessage());
        }
        close(error.message());
    }

    /** Turns a client away at login: as {@link #fail}, and recorded as such. */
    void turnAway(String user, Err error) {
        turnAway(user, error.message(), error);
    }

    /** @param reason what the record says, which is more than the client may know */
    void turnAway(String user, String reason, Err error) {
        recorder.record(new Event.TurnedAway(number, relay.source().getHostAddress(), user, reason));
        fail(error);
    }

    /** Ends the session. */
    void close(String reason) {
        if (closing) {
            return;
        }
        closing = true;
        Phase last = phase;
        phase = Phase.Ended.INSTANCE;
        protocol.connections.ended(connection);
        LOG.debug("{} ends: {}", Id.text(Id.SESSION, number), reason);
        Serving serving = last instanceof Serving served ? served : null;
        try {
            leave(last, reason);
        } finally {
            if (serving != null && serving.isBusy()) {
                relay.closeBehindServer(serving.isFollowed(), serving::aftermath);
            } else {
                if (serving != null) {
                    serving.vacatePlace();
                }
                relay.close();
            }
        }
    }

    private void leave(Phase last, String reason) {
        try {
            if (last instanceof Serving serving) {
                serving.leave(reason);
            }
        } catch (JournalUnavailable e) {
            LOG.warn("{}: the end is not in the journal: {}", Id.text(Id.SESSION, number), e.getMessage());
        } finally {
            last.release();
        }
    }

    @Override
    public void fromClient(ByteBuf bytes) {
        guard(() -> phase.fromClient(bytes));
    }

    @Override
    public void fromServer(ByteBuf bytes) {
        guard(() -> phase.fromServer(bytes));
    }

    @Override
    public void clientEncrypted(Encryption encryption) {
        arrival = new Arrival(relay.source(), true, encryption.peer());
        guard(phase::clientEncrypted);
    }

    @Override
    public void connected() {
        guard(phase::connected);
    }

    @Override
    public void serverEncrypted(Encryption encryption) {
        guard(() -> phase.serverEncrypted(encryption));
    }

    @Override
    public void unreachable(String why) {
        guard(() -> phase.unreachable(why));
    }

    @Override
    public void clientFinished() {
        guard(() -> finished = true);
    }

    @Override
    public void clientGone() {
        guard(phase::clientGone);
    }

    @Override
    public void serverGone() {
        guard(finished && phase instanceof Serving ? phase::clientGone : phase::serverGone);
    }

    @Override
    public void drain(Duration patience) {
        draining = true;
        relay.after(patience, () -> guard(this::evict));
        guard(this::leaveIfIdle);
    }

    @Override
    public void end(String why, Duration patience) {
        farewell = new Err(TERMINATED.code(), TERMINATED.state(), why);
        drain(patience);
    }

    private void leaveIfIdle() {
        if (!closing && phase.isIdle()) {
            terminate();
        }
    }

    /** Ends without a word to a client that has not said who it is; to any other as a server does to a command at its end. */
    private void terminate() {
        if (phase instanceof Greeting) {
            close(farewell.message());
            return;
        }
        if (phase instanceof Serving serving) {
            serving.sayGoodbye();
        }
        fail(farewell);
    }

    /** Ends a session that could not be waited for any longer. What it runs is killed, lest it succeed after all. */
    private void evict() {
        if (!(phase instanceof Serving serving) || serving.reply() == null) {
            terminate();
            return;
        }
        if (serving.mayTell()) {
            toClient(farewell);
        }
        ServerLogin killing = ServerLogin.toKill(this, serving);
        phase = killing;
        leave(serving, farewell.message());
        serving.vacatePlace();
        relay.hangUp();
        killing.begin();
    }

    @Override
    public void ended() {
        close("both sides are closed");
    }

    /** Runs a step of the session; whatever goes wrong in it ends the session and nothing else. */
    void guard(Runnable step) {
        try {
            step.run();
            if (finished) {
                phase.clientFinished();
            }
            if (draining) {
                leaveIfIdle();
            }
        } catch (PacketsOutOfOrder e) {
            fail(1156, "08S01", "Got packets out of order");
        } catch (ProtocolViolation e) {
            fail(1835, "HY000", "Malformed communication packet: " + e.getMessage());
        } catch (JournalUnavailable e) {
            fail(1815, "HY000", "the journal cannot take what this session does: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("{} ends by a fault of the gateway", Id.text(Id.SESSION, number), e);
            fail(
                    1815,
                    "HY000",
                    "internal error of the gateway; its log says more under " + Id.text(Id.SESSION, number));
        }
    }
}
