package dev.gatehouse.wire.mysql;

import dev.gatehouse.firewall.gate.Outcome;
import dev.gatehouse.firewall.gate.Outcome.Settled;
import dev.gatehouse.firewall.gate.PolicyQuestion;
import dev.gatehouse.firewall.gate.Refusal;
import dev.gatehouse.firewall.gate.RequestQuestion;
import dev.gatehouse.firewall.gate.RequestStatus;
import dev.gatehouse.firewall.gate.SessionQuestion;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Analysis.Understood;
import dev.gatehouse.firewall.statement.Analyzer;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.firewall.statement.Statement.Transaction;
import dev.gatehouse.firewall.wire.Vigil;
import dev.gatehouse.wire.mysql.Resolution.Resolved;
import dev.gatehouse.wire.mysql.message.Commands;
import dev.gatehouse.wire.mysql.prepared.Binding;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the client's command at hand waits for: the analysis of its text, the server's word on a setting, or a person. While
 * it waits, what the client sends behind it is kept, up to a bound.
 */
final class Waiting {

    /** What a text means in a scope. */
    private record Read(byte[] sql, Scope scope, Analysis analysis) {}

    /** What is kept of what a client sends meanwhile, before it is no longer read from. */
    private static final int MAX_STASH_BYTES = 256 << 10;

    /** Below any read timeout that people set in a driver. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);

    private final Serving serving;
    private final Vigil vigil;
    private boolean paused;
    /** Whether something is under way that will resume the command. */
    private boolean busy;

    private final List<Read> reads = new ArrayList<>(1);
    private @Nullable Execution execution;
    private @Nullable Outcome settled;
    private Outcome.@Nullable Wait held;
    /** How long the command at hand may wait for people; null until the server was asked. */
    private @Nullable HoldLimits limits;

    Waiting(Serving serving) {
        this.serving = serving;
        this.vigil = new Vigil(serving.checkpoint, serving.connection.relay);
    }

    /**
     * What is run of a text: itself, or, of one that asks the gateway something, a statement that answers it. Null when the command
     * must wait.
     *
     * @param text in UTF-8
     */
    byte @Nullable [] meant(byte[] text, Scope now) {
        RequestQuestion question = RequestQuestion.in(text);
        if (question != null) {
            return answer(question);
        }
        SessionQuestion aside = SessionQuestion.in(text);
        if (aside != null) {
            return OwnAnswer.sql(aside, serving.checkpoint.tell(aside));
        }
        byte[] asked = PolicyQuestion.in(text);
        if (asked == null) {
            return text;
        }
        Resolved meaning = meaning(asked, now);
        return meaning == null ? null : OwnAnswer.sql(serving.checkpoint.explain(meaning.analysis()));
    }

    private byte @Nullable [] answer(RequestQuestion question) {
        RequestStatus status = vigil.answer(
                question,
                () -> serving.connection.guard(() -> {
                    busy = false;
                    resume();
                }));
        busy = status == null;
        return status == null ? null : OwnAnswer.sql(status);
    }

    /**
     * What a text means in its scope; null when the command must wait for it.
     *
     * @param text in UTF-8; null where it cannot be read for certain
     */
    @Nullable
    Resolved meaning(byte @Nullable [] text, Scope now) {
        Analysis analysis = analysis(text, now);
        Resolved resolved =
                analysis == null ? null : Resolution.of(analysis, serving.names, prepared -> meaning(prepared));
        return resolved == null ? null : new Resolved(certain(resolved.analysis()), resolved.executed());
    }

    /** What a text that holds a PREPARE means, should the server read it again. */
    private @Nullable Analysis meaning(Prepared prepared) {
        return prepared.isReadAs(serving.variables)
                ? analysis(prepared.text, serving.variables.scope(prepared.database()))
                : new Analysis.Opaque("a statement that was prepared under other settings", 0);
    }

    private @Nullable Analysis analysis(byte @Nullable [] text, Scope now) {
        if (text == null) {
            return new Analysis.Opaque("text in a character set that is not certain", 0);
        }
        for (Read ready : reads) {
            if (ready.scope().equals(now) && Arrays.equals(ready.sql(), text)) {
                return ready.analysis();
            }
        }
        Analyzer analyzer = serving.connection.protocol.analyzer;
        Analysis known = analyzer.recall(text, text.length, now);
        if (known != null && (serving.checkpoint.allows(known) || isExecute(known))) {
            return known;
        }
        busy = true;
        boolean names = serving.checkpoint.needsNames();
        (names ? analyzer.analyze(text, now) : analyzer.analyzeAtOnce(text, now))
                .thenAcceptAsync(
                        made -> {
                            busy = false;
                            reads.add(new Read(text, now, made));
                            serving.connection.guard(this::resume);
                        },
                        serving.loop());
        return null;
    }

    /** An EXECUTE and nothing else: what is to be said of it is said of what was prepared. */
    private static boolean isExecute(Analysis known) {
        return Resolution.executes(known)
                && known.match(Understood::commands, opaque -> List.of()).size() == 1;
    }

    /**
     * What a text means for certain: for a session with masks, the catalog does not know what a text has changed further up, and
     * nobody knows what a diagnostic quotes.
     */
    private Analysis certain(Analysis analysis) {
        if (!serving.masked || !(analysis instanceof Understood understood)) {
            return analysis;
        }
        if (understood.usesChangedTables(false)) {
            return new Analysis.Opaque("a statement behind changes of tables in the same text", 0);
        }
        return understood.commands().stream().anyMatch(Diagnostics::keeps)
                ? new Analysis.Opaque("diagnostics, which may quote masked values, kept in a variable", 0)
                : analysis;
    }

    /** What becomes of a command. */
    sealed interface Ruled {

        /** It must wait, and is shown again. */
        record Wait() implements Ruled {
            private static final Wait INSTANCE = new Wait();
        }

        /** It is recorded and may go to the server. */
        record Run(Execution execution) implements Ruled {}

        /** It may not. */
        record Refused(Execution execution, Refusal refusal) implements Ruled {}
    }

    /**
     * Has a statement ruled on that is about to run.
     *
     * @param shown what people are shown of it
     * @param text the same in UTF-8; null where it cannot be read for certain
     */
    Ruled rule(byte[] shown, byte @Nullable [] text, Scope scope, Binding binding) {
        Resolved meaning = meaning(text, scope);
        if (meaning == null) {
            return Ruled.Wait.INSTANCE;
        }
        Analysis analysis = meaning.analysis();
        Execution waited = execution;
        if (waited != null && !waited.isStill(analysis, scope)) {
            settled = null;
            execution = null;
            done();
            return new Ruled.Refused(
                    waited, serving.checkpoint.refuse("a statement whose meaning changed while it waited"));
        }
        if (waited != null) {
            return rule(waited);
        }
        Execution statement = new Execution(meaning.shown(shown), analysis, scope, binding, serving.transaction());
        statement.characterSet = serving.variables.valuesWrittenIn();
        return rule(statement);
    }

    /** Has the gate say of a statement what becomes of it. */
    Ruled rule(Execution statement) {
        if (mayEndOthers(statement)) {
            return new Ruled.Refused(
                    statement, serving.checkpoint.refuse("KILL of anything but one connection by its number"));
        }
        Outcome end = settled;
        if (end == null && serving.checkpoint.asksPeople(statement.analysis())) {
            HoldLimits known = limits;
            if (known == null) {
                askForLimits();
                return Ruled.Wait.INSTANCE;
            }
            statement.patience = known.most(statement);
        }
        Outcome outcome = end == null ? serving.checkpoint.submit(statement, statement.analysis()) : end;
        if (outcome instanceof Outcome.Asking asking) {
            ask(statement, asking);
            return Ruled.Wait.INSTANCE;
        }
        if (outcome instanceof Outcome.Wait wait) {
            hold(statement, wait);
            return Ruled.Wait.INSTANCE;
        }
        settled = null;
        execution = null;
        done();
        if (outcome instanceof Outcome.Proceed proceed) {
            statement.decision = proceed.decision();
            return new Ruled.Run(statement);
        }
        return new Ruled.Refused(statement, ((Outcome.Stop) outcome).refusal());
    }

    private void askForLimits() {
        boolean mariaDb = serving.variables.mayBeMariaDb();
        Inquiry inquiry = new Inquiry(serving.agreement.deprecatesEof(), HoldLimits.COLUMNS);
        serving.expect(new Reply.Asked(inquiry, answered -> limits = HoldLimits.read(answered, mariaDb)));
        serving.command(Commands.QUERY, HoldLimits.question(mariaDb).getBytes(StandardCharsets.US_ASCII));
    }

    /** Whether a statement may end a session of the gateway's: the server thinks that all are of one user, who may. */
    private boolean mayEndOthers(Execution statement) {
        if (statement.commands().stream().noneMatch(command -> command.kinds().contains(Kind.KILL))) {
            return false;
        }
        Kill kill = Kill.read(statement.sql());
        return kill == null
                || serving.connection.protocol.connections.find(kill.number(), serving.session.upstream()) != null;
    }

    /** The command at hand waits for no reading any more. */
    void done() {
        reads.clear();
        limits = null;
        vigil.done();
    }

    private void ask(Execution statement, Outcome.Asking asking) {
        execution = statement;
        busy = true;
        asking.answer()
                .thenAcceptAsync(answer -> serving.connection.guard(() -> answered(statement, answer)), serving.loop());
    }

    private void answered(Execution statement, Outcome answer) {
        if (answer instanceof Outcome.Wait wait) {
            hold(statement, wait);
        } else {
            busy = false;
            settled = answer;
            resume();
        }
    }

    private void hold(Execution statement, Outcome.Wait wait) {
        execution = statement;
        held = wait;
        busy = true;
        serving.progress(wait.pending());
        beatLater(statement, wait);
        wait.decided().thenAcceptAsync(how -> serving.connection.guard(() -> settle(how)), serving.loop());
    }

    /** What was read before a person was asked may be long ago: the names in it may mean something else by now. */
    private void settle(Settled how) {
        busy = false;
        reads.clear();
        held = null;
        settled = how.outcome();
        resume();
    }

    /** MariaDB's clients show that somebody is asked; nobody else can be told anything before the answer. */
    private void beatLater(Execution statement, Outcome.Wait wait) {
        serving.connection.relay.after(HEARTBEAT, () -> {
            if (execution == statement && held != null) {
                serving.connection.guard(() -> {
                    serving.progress(wait.pending());
                    keepAwake();
                    beatLater(statement, wait);
                });
            }
        });
    }

    /** A server may end sessions that say nothing. In a transaction, which keeps locks, it has the last word. */
    private void keepAwake() {
        if (serving.isFree() && serving.transaction() == Transaction.NONE) {
            serving.expect(Reply.Awake.INSTANCE);
            serving.command(Commands.PING, new byte[0]);
        }
    }

    /** Shows the command again that waited, unless something else is under way for it. */
    void resume() {
        if (busy) {
            return;
        }
        if (paused) {
            paused = false;
            serving.connection.relay.resumeClient();
        }
        serving.clientPackets.resume();
        limitStash();
    }

    void limitStash() {
        if (!paused && serving.clientPackets.stashedBytes() > MAX_STASH_BYTES) {
            paused = true;
            serving.connection.relay.pauseClient();
        }
    }

    /** Whether the command at hand waits for a person, or for the desk's word that it must. */
    boolean holds() {
        return execution != null && settled == null;
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
