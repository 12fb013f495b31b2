package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.firewall.gate.Outcome;
import dev.gatehouse.firewall.gate.Outcome.Settled;
import dev.gatehouse.firewall.gate.PolicyQuestion;
import dev.gatehouse.firewall.gate.Refusal;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Analyzer;
import dev.gatehouse.firewall.statement.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the client's frame at hand waits for: the analysis of its text, the server's word on a setting, or a person.
 * While it waits, what the client sends behind it is kept, up to a bound.
 */
final class Waiting {

    /** What a text means in a scope. */
    private record Read(byte[] sql, Scope scope, Analysis analysis) {}

    /** What is kept of what a client sends meanwhile, before it is no longer read from. */
    private static final int MAX_STASH_BYTES = 256 << 10;

    /** Below any read timeout that people set in a driver, all of which are whole seconds from three up. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);

    private final Serving serving;
    private boolean paused;
    /** Whether something is under way that will resume the frame. */
    private boolean busy;

    /** What was read for the frame at hand: its own text, and those of statements it executes. */
    private final List<Read> read = new ArrayList<>(2);

    private @Nullable Portal portal;
    private @Nullable Outcome settled;

    Waiting(Serving serving) {
        this.serving = serving;
    }

    /**
     * What is run of a text: itself, or, of one that asks what policy says, a statement that answers it. Null when the frame
     * must wait.
     */
    byte @Nullable [] meant(byte[] text, Scope now) {
        byte[] asked = PolicyQuestion.in(text);
        if (asked == null) {
            return text;
        }
        Analysis analysis = analysis(asked, now);
        return analysis == null ? null : PolicyAnswer.sql(serving.checkpoint.explain(analysis));
    }

    /** The analysis of a text in its scope; null when the frame must wait for it. */
    @Nullable
    Analysis analysis(byte[] text, Scope now) {
        for (Read ready : read) {
            if (ready.scope().equals(now) && Arrays.equals(ready.sql(), text)) {
                return ready.analysis();
            }
        }
        if (serving.mustWait()) {
            return null;
        }
        if (!serving.parameters.isReadable(text)) {
            return new Analysis.Opaque("text whose encoding or escapes are not certain", 0);
        }
        Analysis known = serving.connection.protocol.analyzer.recall(text, text.length, now);
        if (known != null && serving.checkpoint.allows(known)) {
            return known;
        }
        busy = true;
        Analyzer analyzer = serving.connection.protocol.analyzer;
        boolean names = serving.checkpoint.needsNames();
        (names ? analyzer.analyze(text, now) : analyzer.analyzeAtOnce(text, now))
                .thenAcceptAsync(
                        made -> {
                            busy = false;
                            read.add(new Read(text, now, made));
                            serving.connection.guard(this::resume);
                        },
                        serving.loop());
        return null;
    }

    /** The statement that waited for a person; null when none did. */
    @Nullable
    Portal statement() {
        return portal;
    }

    /** Gives up the statement that waited, as it no longer means what was approved. */
    Refusal forget() {
        settled = null;
        portal = null;
        return serving.checkpoint.refuse("a statement whose meaning changed while it waited");
    }

    /** What the gate says of a statement; a {@link Outcome.Wait} means that the frame must wait. */
    Outcome outcome(Portal statement) {
        Outcome outcome = settled;
        if (outcome == null) {
            outcome = serving.checkpoint.submit(statement, statement.analysis());
        }
        if (outcome instanceof Outcome.Wait wait) {
            hold(statement, wait);
        } else {
            settled = null;
            portal = null;
            done();
        }
        return outcome;
    }

    /** The frame at hand waits for no reading any more. */
    void done() {
        read.clear();
    }

    private void hold(Portal statement, Outcome.Wait wait) {
        portal = statement;
        busy = true;
        serving.tell(Refusals.held(wait.pending()));
        beatLater(statement);
        wait.decided().thenAcceptAsync(how -> serving.connection.guard(() -> settle(how)), serving.loop());
    }

    private void settle(Settled how) {
        busy = false;
        settled = how.outcome();
        if (how.ticket() instanceof Ticket.Approved approved && how.outcome() instanceof Outcome.Proceed) {
            serving.tell(Refusals.approved(approved));
        }
        resume();
    }

    private void beatLater(Portal statement) {
        serving.connection.relay.after(HEARTBEAT, () -> {
            if (portal == statement && settled == null) {
                serving.connection.guard(() -> {
                    serving.heartbeat();
                    beatLater(statement);
                });
            }
        });
    }

    /** Shows the frame again that waited, unless something else is under way for it. */
    void resume() {
        if (busy) {
            return;
        }
        if (paused) {
            paused = false;
            serving.connection.relay.resumeClient();
        }
        serving.clientFrames.resume();
        limitStash();
    }

    void limitStash() {
        if (!paused && serving.clientFrames.stashedBytes() > MAX_STASH_BYTES) {
            paused = true;
            serving.connection.relay.pauseClient();
        }
    }

    /** Whether the frame at hand waits for a person. */
    boolean holds() {
        return portal != null && settled == null;
    }

    boolean withdraw(String reason) {
        if (!holds()) {
            return false;
        }
        serving.checkpoint.withdraw(reason);
        return true;
    }
}
