package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.firewall.gate.Outcome;
import dev.gatehouse.firewall.gate.Outcome.Settled;
import dev.gatehouse.firewall.gate.PolicyQuestion;
import dev.gatehouse.firewall.gate.Refusal;
import dev.gatehouse.firewall.gate.RequestQuestion;
import dev.gatehouse.firewall.gate.RequestStatus;
import dev.gatehouse.firewall.gate.SessionQuestion;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Analyzer;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.firewall.statement.Statement.Transaction;
import dev.gatehouse.firewall.wire.Vigil;
import dev.gatehouse.wire.postgres.message.Frame;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
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
    private final Vigil vigil;
    private boolean paused;
    /** Whether something is under way that will resume the frame. */
    private boolean busy;
    /** How often a client has begun to wait for the answer to a question; each has a heartbeat of its own. */
    private long waits;

    /** What was read for the frame at hand: its own text, and those of statements it executes. */
    private final List<Read> read = new ArrayList<>(2);

    private @Nullable Portal portal;
    private @Nullable Outcome settled;
    /** What the server is asked of its settings before the frame at hand waits for a person, until that is done. */
    private @Nullable HoldQuestion limits;

    Waiting(Serving serving) {
        this.serving = serving;
        this.vigil = new Vigil(serving.checkpoint, serving.connection.relay);
    }

    /**
     * What is run of a text: itself, or, of one that asks the gateway something, a statement that answers it. Null when the
     * frame must wait.
     *
     * @param runs whether it is about to run, and not only prepared
     */
    byte @Nullable [] meant(byte[] text, Scope now, boolean runs) {
        RequestQuestion question = RequestQuestion.in(text);
        if (question != null && question.isWish() && !runs) {
            return OwnAnswer.sql(RequestStatus.unknown(""));
        }
        if (question != null) {
            return answer(runs ? question : question.atOnce());
        }
        SessionQuestion aside = SessionQuestion.in(text);
        if (aside != null) {
            return OwnAnswer.sql(aside, serving.checkpoint.tell(aside));
        }
        byte[] asked = PolicyQuestion.in(text);
        if (asked == null) {
            return text;
        }
        Analysis analysis = analysis(asked, now);
        return analysis == null ? null : OwnAnswer.sql(serving.checkpoint.explain(analysis));
    }

    private byte @Nullable [] answer(RequestQuestion question) {
        RequestStatus status = vigil.answer(
                question,
                () -> serving.connection.guard(() -> {
                    busy = false;
                    resume();
                }));
        if (status == null) {
            busy = true;
            long wait = ++waits;
            beatLater(() -> wait == waits && vigil.isKept());
            return null;
        }
        return OwnAnswer.sql(status);
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
        done();
        return serving.checkpoint.refuse("a statement whose meaning changed while it waited");
    }

    /**
     * What the gate says of a statement; {@link Outcome.Asking} and {@link Outcome.Wait} mean that the frame must wait, and so
     * does null, for the server.
     */
    @Nullable
    Outcome outcome(Portal statement) {
        @Nullable Outcome outcome = settled;
        if (outcome == null) {
            if (!knowsLimits(statement)) {
                return null;
            }
            outcome = serving.checkpoint.submit(statement, statement.analysis());
        }
        if (outcome instanceof Outcome.Asking asking) {
            ask(statement, asking);
        } else if (outcome instanceof Outcome.Wait wait) {
            hold(statement, wait);
        } else {
            settled = null;
            portal = null;
            done();
        }
        return outcome;
    }

    /** Whether it is known how long a statement may wait that asks people; in a failed transaction none does. */
    private boolean knowsLimits(Portal statement) {
        if (statement.transaction() == Transaction.FAILED || !serving.checkpoint.asksPeople(statement.analysis())) {
            return true;
        }
        HoldQuestion question = limits;
        if (question == null || question.isStale()) {
            limits = new HoldQuestion(serving, this::limitsCame);
            return false;
        }
        if (question.isOpen()) {
            return false;
        }
        statement.patience = question.most(statement.transaction());
        return true;
    }

    private void limitsCame() {
        serving.loop().execute(() -> serving.connection.guard(this::resume));
    }

    /** The frame at hand waits for no reading any more. */
    void done() {
        read.clear();
        limits = null;
        vigil.done();
    }

    private void ask(Portal statement, Outcome.Asking asking) {
        portal = statement;
        busy = true;
        asking.answer()
                .thenAcceptAsync(answer -> serving.connection.guard(() -> answered(statement, answer)), serving.loop());
    }

    private void answered(Portal statement, Outcome answer) {
        if (answer instanceof Outcome.Wait wait) {
            hold(statement, wait);
        } else {
            busy = false;
            settled = answer;
            resume();
        }
    }

    private void hold(Portal statement, Outcome.Wait wait) {
        portal = statement;
        busy = true;
        serving.tell(Refusals.held(wait));
        beatLater(() -> portal == statement && settled == null);
        wait.decided().thenAcceptAsync(how -> serving.connection.guard(() -> settle(how)), serving.loop());
    }

    /** What was read before a person was asked may be long ago: the names in it may mean something else by now. */
    private void settle(Settled how) {
        busy = false;
        read.clear();
        settled = how.outcome();
        if (how.ticket() instanceof Ticket.Used used && how.outcome() instanceof Outcome.Proceed) {
            serving.tell(Refusals.approved(used.approved()));
        }
        resume();
    }

    private void beatLater(BooleanSupplier waits) {
        serving.connection.relay.after(HEARTBEAT, () -> {
            if (waits.getAsBoolean()) {
                serving.connection.guard(() -> {
                    serving.heartbeat();
                    keepAwake();
                    beatLater(waits);
                });
            }
        });
    }

    /** A server may end sessions at rest; one that a Sync is due to is at none. In a transaction, which keeps locks, it has the last word. */
    private void keepAwake() {
        if (serving.transaction() == Transaction.NONE
                && serving.replies.isEmpty()
                && !serving.replies.followsExtended()) {
            ByteBuf out = serving.allocate();
            Frame.empty(out, 'S');
            serving.toServer(out);
            serving.replies.expect(Reply.Asked.INSTANCE);
        }
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

    /** Whether the frame at hand waits for a person, or for the desk's word that it must. */
    boolean holds() {
        return portal != null && settled == null;
    }

    boolean withdraw(String reason) {
        if (vigil.isKept()) {
            return vigil.leave(reason);
        }
        if (!holds()) {
            return false;
        }
        serving.checkpoint.withdraw(reason);
        return true;
    }
}
