package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.approval.SessionBound;
import dev.gatehouse.firewall.gate.Outcome;
import dev.gatehouse.firewall.gate.Refusal;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.wire.postgres.Frames.Verdict;
import dev.gatehouse.wire.postgres.Meanings.Change;
import dev.gatehouse.wire.postgres.Meanings.Sight;
import dev.gatehouse.wire.postgres.Names.Step;
import dev.gatehouse.wire.postgres.Resolution.Resolved;
import dev.gatehouse.wire.postgres.message.Bind;
import dev.gatehouse.wire.postgres.message.Body;
import dev.gatehouse.wire.postgres.message.Frame;
import dev.gatehouse.wire.postgres.message.FunctionCall;
import dev.gatehouse.wire.postgres.message.Parse;
import dev.gatehouse.wire.postgres.message.ProtocolViolation;
import dev.gatehouse.wire.postgres.message.Report;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the client sends after login and lets through the gate what runs SQL.
 *
 * <p>A refused message is replaced by one that cannot succeed, so that the server itself fails the transaction and skips
 * to the next Sync: a simple query that is a syntax error, or a Bind of a statement that does not exist. Both name the
 * decision, so that the server's log leads to the journal.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html">Message Flow</a>
 */
final class Frontend implements Frames.Reader {

    private static final int[] NO_TYPES = new int[0];

    private final Serving serving;
    private final Waiting waiting;
    private final Resolution resolution;
    private final NameKeeper keeper;
    /** Whether a refusal or an error makes the server skip everything up to the next Sync. */
    private boolean skipping;
    /** How many statements were sent to run. */
    private long runs;

    Frontend(Serving serving) {
        this.serving = serving;
        this.waiting = new Waiting(serving);
        this.keeper = new NameKeeper(serving);
        this.resolution = new Resolution(serving.names, serving.ownChanges, serving.masked, this::meaning);
    }

    @Override
    public Verdict frame(byte tag, ByteBuf bytes, int index, int length) {
        if (skipping && tag != 'S' && tag != 'X') {
            return Verdict.TAKE;
        }
        if (serving.replies.isCrowded()) {
            return Verdict.STOP;
        }
        if (serving.copyIn.keeps(tag)) {
            return Verdict.TAKE;
        }
        Body body = new Body(bytes, index + Frame.HEADER, index + length);
        switch (tag) {
            case 'Q' -> {
                return query(body);
            }
            case Parse.TAG -> {
                return parse(body);
            }
            case Bind.TAG -> {
                return bind(body);
            }
            case 'D' -> {
                return describe(body);
            }
            case 'E' -> {
                return execute(body);
            }
            case 'C' -> {
                return close(body);
            }
            case 'S' -> {
                skipping = false;
                serving.replies.expect(new Reply.Synced(serving.names.endSegment()));
                return Verdict.PASS;
            }
            case FunctionCall.TAG -> {
                return call(body);
            }
            case 'H', 'X', 'c', 'f' -> {
                return Verdict.PASS;
            }
            default -> throw new ProtocolViolation("message '" + (char) tag + "' after login");
        }
    }

    private @Nullable Analysis meaning(Prepared prepared) {
        Analysis text = waiting.analysis(prepared.sql, serving.parameters.scope(prepared.modes));
        return text == null ? null : prepared.meaning(text);
    }

    private Verdict query(Body body) {
        byte[] sql = body.text();
        body.finish();
        byte[] meant = waiting.meant(sql, serving.parameters.scope(), true);
        Verdict verdict = meant == null ? Verdict.STOP : run(meant, NO_TYPES, null);
        if (meant == null || verdict != Verdict.PASS || Arrays.equals(meant, sql)) {
            return verdict;
        }
        keeper.send(out -> Frame.strings(out, 'Q', new String(meant, StandardCharsets.US_ASCII)));
        return Verdict.TAKE;
    }

    /** What large objects are read and written with is the SQL it stands for; what else a number means, nobody knows. */
    private Verdict call(Body body) {
        FunctionCall call = FunctionCall.read(body);
        LargeObjects.Function function = LargeObjects.function(call.function());
        return function == null || serving.masked
                ? refuse(serving.checkpoint.refuse("a function call by number (fast path)"), true)
                : run(function.sql(), function.types(), call.arguments());
    }

    /** Runs what is answered by itself, up to a ReadyForQuery. */
    private Verdict run(byte[] sql, int[] types, @Nullable Bind arguments) {
        Scope scope = serving.parameters.scope();
        Analysis analysis = waiting.analysis(sql, scope);
        Resolved resolved = analysis == null ? null : resolution.of(analysis);
        if (resolved == null) {
            return Verdict.STOP;
        }
        Portal portal = waiting.statement();
        if (portal != null && !portal.isStill(resolved, scope)) {
            return refuse(waiting.forget(), true);
        }
        if (portal == null) {
            Prepared text = Prepared.byMessage("", sql, types, scope.modes(), 0);
            portal = Portal.ofText(text, resolved, scope, arguments, serving.transaction());
        }
        @Nullable Outcome outcome = waiting.outcome(portal);
        if (outcome instanceof Outcome.Stop stop) {
            return refuse(portal, stop.refusal(), true);
        }
        if (!(outcome instanceof Outcome.Proceed proceed)) {
            return Verdict.STOP;
        }
        portal.decision = proceed.decision();
        runs++;
        keeper.clearSwapped(portal);
        List<Step> steps = serving.running(portal);
        serving.replies.expect(new Reply.Queried(portal, steps, serving.names.endSegment()));
        serving.copyIn.sent(portal, true);
        return Verdict.PASS;
    }

    private Verdict parse(Body body) {
        Parse parse = Parse.read(body);
        Scope scope = serving.parameters.scope();
        byte[] meant = waiting.meant(parse.sql(), scope, false);
        Analysis text = meant == null ? null : waiting.analysis(meant, scope);
        Resolved resolved = text == null ? null : resolution.of(text);
        if (meant == null || resolved == null) {
            return Verdict.STOP;
        }
        waiting.done();
        boolean same = Arrays.equals(meant, parse.sql());
        Prepared prepared = Prepared.byMessage(
                parse.name(), meant, same ? parse.types() : NO_TYPES, scope.modes(), serving.names.doubts());
        Portal probe = Portal.ofText(prepared, resolved, scope, null, serving.transaction());
        prepared.question = same ? null : parse.sql();
        Optional<Refusal> refusal = serving.checkpoint.preview(probe, resolved.analysis());
        if (refusal.isPresent()) {
            return refuse(probe, refusal.get(), false);
        }
        Change<Prepared> change = serving.names.statements.change(prepared.name, prepared, serving.names.segment());
        if (!same) {
            keeper.send(out -> Parse.write(out, parse.name(), meant, NO_TYPES));
        }
        serving.replies.expect(new Reply.Parsed(resolved.analysis(), change, false));
        return same ? Verdict.PASS : Verdict.TAKE;
    }

    private Verdict bind(Body body) {
        Bind bind = Bind.read(body);
        Sight<Prepared> sight = serving.names.statement(bind.statement());
        if (!sight.certain()) {
            return Verdict.STOP;
        }
        Prepared prepared = keeper.certain(sight.meaning());
        if (prepared == null) {
            return absent(NameKeeper.STATEMENT, bind.statement());
        }
        Scope scope = serving.parameters.scope(prepared.modes);
        byte[] question = prepared.question;
        byte[] meant = question == null ? prepared.sql : waiting.meant(question, scope, true);
        Analysis text = meant == null ? null : waiting.analysis(meant, scope);
        Resolved resolved = text == null ? null : resolution.of(prepared.meaning(text));
        if (meant == null || resolved == null) {
            return Verdict.STOP;
        }
        if (!Arrays.equals(meant, prepared.sql)) {
            prepared = keeper.anew(prepared, prepared.answered(meant, serving.names.doubts()));
        }
        Portal portal = waiting.statement();
        boolean waited = portal != null;
        if (portal != null && !portal.isStill(resolved, scope)) {
            return refuse(waiting.forget(), false);
        }
        if (portal == null) {
            portal = Portal.bound(bind, prepared, resolved, scope, serving.transaction(), serving.names.doubts());
            portal.encoding = serving.parameters.encoding();
        }
        @Nullable Outcome outcome = waiting.outcome(portal);
        if (outcome instanceof Outcome.Stop stop) {
            return refuse(portal, stop.refusal(), false);
        }
        if (!(outcome instanceof Outcome.Proceed proceed)) {
            return Verdict.STOP;
        }
        portal.decision = proceed.decision();
        portal.runsBefore = waited && SessionBound.is(resolved.analysis(), scope) ? runs : -1;
        Change<Portal> change = serving.names.portals.change(portal.name, portal, serving.names.segment());
        serving.replies.expect(new Reply.Bound(portal, change));
        return Verdict.PASS;
    }

    private Verdict describe(Body body) {
        byte kind = body.int8();
        String name = body.name();
        body.finish();
        Prepared prepared;
        if (kind == NameKeeper.STATEMENT) {
            Sight<Prepared> sight = serving.names.statement(name);
            if (!sight.certain()) {
                return Verdict.STOP;
            }
            prepared = keeper.certain(sight.meaning());
        } else {
            Sight<Portal> sight = serving.names.portal(name);
            if (!sight.certain()) {
                return Verdict.STOP;
            }
            prepared = sight.meaning() == null ? null : sight.meaning().prepared;
        }
        if (prepared == null) {
            return absent(kind, name);
        }
        prepared.describing = true;
        serving.replies.expect(new Reply.Described(prepared, false));
        return Verdict.PASS;
    }

    private Verdict execute(Body body) {
        String name = body.name();
        body.int32();
        body.finish();
        Sight<Portal> sight = serving.names.portal(name);
        if (!sight.certain()) {
            return Verdict.STOP;
        }
        Portal portal = sight.meaning();
        if (portal == null) {
            return absent(NameKeeper.PORTAL, name);
        }
        if (portal.runsBefore >= 0 && portal.runsBefore != runs) {
            return refuse(
                    serving.checkpoint.refuse("an approved statement that depends on its session, behind another one"),
                    false);
        }
        if (portal.isReadWhenRun()) {
            Analysis text = meaning(portal.prepared);
            Resolved now = text == null ? null : resolution.of(text, portal);
            if (now == null) {
                return Verdict.STOP;
            }
            waiting.done();
            if (!now.analysis().equals(portal.analysis())) {
                return refuse(
                        serving.checkpoint.refuse("a statement that uses a name which has changed its meaning"), false);
            }
        }
        runs++;
        if (portal.runsBefore >= 0) {
            portal.runsBefore = runs;
        }
        keeper.clearSwapped(portal);
        if (serving.rows.areRead()
                && (!portal.prepared.describing || portal.resolved().hasNames())) {
            portal.prepared.describing = true;
            keeper.send(out -> Frame.strings(out, 'D', "P" + portal.name));
            serving.replies.expect(new Reply.Described(portal.prepared, true));
        }
        serving.replies.expect(new Reply.Executed(portal, serving.running(portal)));
        serving.copyIn.sent(portal, false);
        return Verdict.PASS;
    }

    private Verdict close(Body body) {
        byte kind = body.int8();
        String name = body.name();
        body.finish();
        int segment = serving.names.segment();
        serving.replies.expect(
                kind == NameKeeper.STATEMENT
                        ? new Reply.Closed(serving.names.statements.change(name, null, segment), null)
                        : new Reply.Closed(null, serving.names.portals.change(name, null, segment)));
        return Verdict.PASS;
    }

    /**
     * Passes on a message whose name stands for nothing, so that the server says so in its own words. The name is cleared
     * first, since nobody knows what it would stand for if it did stand for something; but in a failed transaction, where
     * nothing runs, and where a portal that has failed answers in another way than one that is not there.
     */
    private Verdict absent(byte kind, String name) {
        if (!serving.hasFailed()) {
            keeper.clear(kind, name);
        }
        serving.replies.expect(Reply.Failing.INSTANCE);
        return Verdict.PASS;
    }

    /** Refuses a statement; what is wrong with one that it executes has no place in its own text. */
    private Verdict refuse(Portal portal, Refusal refusal, boolean simple) {
        Report answer = Refusals.error(refusal);
        return replace(portal.resolved().hasNames() ? answer.without('P') : answer, refusal.id(), simple);
    }

    private Verdict refuse(Refusal refusal, boolean simple) {
        return replace(Refusals.error(refusal), refusal.id(), simple);
    }

    /** Sends the server what cannot succeed, and keeps the answer for when its error arrives. */
    private Verdict replace(Report answer, String id, boolean simple) {
        ByteBuf out = serving.allocate();
        if (simple) {
            Frame.strings(out, 'Q', "gatehouse refused " + id);
        } else {
            int start = Frame.begin(out, Bind.TAG);
            Frame.string(out, "");
            Frame.string(out, "gatehouse_refused_" + id);
            out.writeShort(0).writeShort(0).writeShort(0);
            Frame.end(out, start);
            skipping = true;
        }
        serving.toServer(out);
        serving.replies.expect(new Reply.Refused(answer, simple ? serving.names.endSegment() : -1));
        return Verdict.TAKE;
    }

    /** Passes nothing on up to the next Sync, as the server skips it. */
    void skipToSync() {
        skipping = true;
    }

    /** Shows the frame that waited again, unless there is none. */
    void resume() {
        waiting.resume();
    }

    /** Whether a statement waits for approval. */
    boolean holds() {
        return waiting.holds();
    }

    /** Takes back a statement that waits for approval; answers whether one did. */
    boolean withdraw(String reason) {
        return waiting.withdraw(reason);
    }

    /** Stops reading from a client that has sent a good deal behind a frame that waits. */
    void limitStash() {
        waiting.limitStash();
    }
}
