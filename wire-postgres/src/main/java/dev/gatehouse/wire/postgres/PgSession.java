package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.audit.Direction;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.audit.Recorder;
import dev.gatehouse.firewall.audit.Recorder.JournalUnavailable;
import dev.gatehouse.firewall.session.Id;
import dev.gatehouse.firewall.wire.Encryption;
import dev.gatehouse.firewall.wire.Relay;
import dev.gatehouse.firewall.wire.WireSession;
import dev.gatehouse.wire.postgres.message.ProtocolViolation;
import dev.gatehouse.wire.postgres.message.Report;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's connection: hands what happens to the phase it is in, and everything the client gets to the journal. */
final class PgSession implements WireSession {

    private static final Logger LOG = LoggerFactory.getLogger(PgSession.class);

    private static final String TERMINATED = "terminating connection due to administrator command";

    final PgProtocol protocol;
    final Relay relay;
    final Recorder recorder;
    /** The number of the connection and of the session it becomes. */
    final long number = Id.next();

    private Phase phase;
    private boolean closing;
    /** Whether the session is to end as soon as it is idle. */
    private boolean draining;
    /** What its client is told then. */
    private String farewell = TERMINATED;
    /** Whether the client says nothing more. */
    private boolean finished;

    PgSession(PgProtocol protocol, Relay relay, Recorder recorder) {
        this.protocol = protocol;
        this.relay = relay;
        this.recorder = recorder;
        this.phase = new Greeting(this);
        relay.after(protocol.loginTimeout, () -> guard(this::late));
    }

    /** As a server does, a client is told that it was too slow only if it has said who it wants to be. */
    private void late() {
        if (phase instanceof ClientLogin) {
            LOG.info(
                    "{} from {} did not log in in time",
                    Id.text(Id.SESSION, number),
                    relay.source().getHostAddress());
            fail("57014", "canceling authentication due to timeout", "");
        } else if (phase instanceof Greeting || phase instanceof Cancelling) {
            LOG.info(
                    "{} from {} did not begin in time",
                    Id.text(Id.SESSION, number),
                    relay.source().getHostAddress());
            close("it did not begin within " + protocol.loginTimeout);
        }
    }

    void enter(Phase next) {
        phase = next;
    }

    /**
     * Sends bytes to the client, once they are in the journal.
     *
     * @param bytes whole frames or a part of one; owned
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

    void toClient(Report report) {
        ByteBuf out = relay.allocator().buffer();
        report.write(out);
        toClient(out);
    }

    /** Answers with a fatal error, unless a message to the client is half-way, and ends the session. */
    void fail(String state, String message, String hint) {
        fail(fatal(state, message, hint));
    }

    void fail(Report report) {
        if (closing) {
            return;
        }
        try {
            if (phase.mayTell()) {
                toClient(report);
            }
        } catch (JournalUnavailable e) {
            LOG.warn("{}: the client is not told why: {}", Id.text(Id.SESSION, number), e.getMessage());
        }
        close(report.field('M'));
    }

    static Report fatal(String state, String message, String hint) {
        return Report.of(Report.ERROR, "FATAL", state, message).with('H', hint);
    }

    /** Turns a client away at login: as {@link #fail}, and recorded as such. */
    void turnAway(String user, String state, String message, String hint) {
        turnAway(user, fatal(state, message, hint));
    }

    void turnAway(String user, Report report) {
        turnAway(user, report.field('M'), report);
    }

    /** @param reason what the record says, which is more than the client may know */
    void turnAway(String user, String reason, Report report) {
        recorder.record(new Event.TurnedAway(number, relay.source().getHostAddress(), user, reason));
        fail(report);
    }

    /** Ends the session. */
    void close(String reason) {
        if (closing) {
            return;
        }
        closing = true;
        Phase last = phase;
        phase = Phase.Ended.INSTANCE;
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
        guard(() -> phase.clientEncrypted(encryption));
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
        farewell = why;
        drain(patience);
    }

    private void leaveIfIdle() {
        if (!closing && phase.isIdle()) {
            terminate();
        }
    }

    /** Ends as a session does whose server is shut down: without a word to a client that has not said what it wants. */
    private void terminate() {
        if (phase instanceof Greeting) {
            close(farewell);
            return;
        }
        if (phase instanceof Serving serving) {
            serving.sayGoodbye();
        }
        fail("57P01", farewell, "");
    }

    /** Ends a session that could not be waited for any longer. What it runs is cancelled, lest it succeed after all. */
    private void evict() {
        Serving serving = phase instanceof Serving busy ? busy : null;
        Cancelling.Target running = serving == null ? null : serving.running();
        if (serving == null || running == null) {
            terminate();
            return;
        }
        if (serving.mayTell()) {
            toClient(fatal("57P01", farewell, ""));
        }
        Cancelling cancelling = new Cancelling(this);
        phase = cancelling;
        leave(serving, farewell);
        serving.vacatePlace();
        relay.hangUp();
        cancelling.forward(running);
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
        } catch (ProtocolViolation e) {
            fail("08P01", "protocol violation: " + e.getMessage(), "");
        } catch (JournalUnavailable e) {
            fail("58000", "the journal cannot take what this session does: " + e.getMessage(), "");
        } catch (RuntimeException e) {
            LOG.error("{} ends by a fault of the gateway", Id.text(Id.SESSION, number), e);
            fail("XX000", "internal error of the gateway; its log says more under " + Id.text(Id.SESSION, number), "");
        }
    }
}
