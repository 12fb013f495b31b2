package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.gate.Outcome;
import dev.gatehouse.firewall.gate.Refusal;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.wire.postgres.Frames.Verdict;
import dev.gatehouse.wire.postgres.message.Bind;
import dev.gatehouse.wire.postgres.message.Body;
import dev.gatehouse.wire.postgres.message.Frame;
import dev.gatehouse.wire.postgres.message.FunctionCall;
import dev.gatehouse.wire.postgres.message.Parse;
import dev.gatehouse.wire.postgres.message.ProtocolViolation;
import dev.gatehouse.wire.postgres.message.Report;
import io.netty.buffer.ByteBuf;
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
    private static final byte STATEMENT = 'S';

    private final Serving serving;
    private final Waiting waiting;
    /** Whether a refusal or an error makes the server skip everything up to the next Sync. */
    private boolean skipping;

    Frontend(Serving serving) {
        this.serving = serving;
        this.waiting = new Waiting(serving);
    }

    @Override
    public Verdict frame(byte tag, ByteBuf bytes, int index, int length) {
        if (skipping && tag != 'S' && tag != 'X') {
            return Verdict.TAKE;
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
                serving.replies.expect(Reply.Synced.INSTANCE);
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

    private Verdict query(Body body) {
        byte[] sql = body.text();
        body.finish();
        return run(sql, NO_TYPES, null);
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
        if (analysis == null) {
            return Verdict.STOP;
        }
        Portal portal = waiting.statement();
        if (portal != null && !portal.isStill(analysis, scope)) {
            return refuse(waiting.forget(), true);
        }
        if (portal == null) {
            Prepared text = new Prepared("", sql, types, analysis, scope, null);
            portal = new Portal("", text, arguments, serving.transaction());
        }
        Outcome outcome = waiting.outcome(portal);
        if (outcome instanceof Outcome.Stop stop) {
            return refuse(stop.refusal(), true);
        }
        if (!(outcome instanceof Outcome.Proceed proceed)) {
            return Verdict.STOP;
        }
        portal.decision = proceed.decision();
        forgetIfRedefined(analysis);
        serving.sent(analysis);
        serving.replies.expect(new Reply.Queried(portal));
        serving.copyIn.sent(portal, true);
        return Verdict.PASS;
    }

    private Verdict parse(Body body) {
        Parse parse = Parse.read(body);
        Scope scope = serving.parameters.scope();
        Analysis analysis = waiting.analysis(parse.sql(), scope);
        if (analysis == null) {
            return Verdict.STOP;
        }
        Prepared prepared = new Prepared(
                parse.name(), parse.sql(), parse.types(), analysis, scope, serving.statements.get(parse.name()));
        Portal probe = new Portal("", prepared, null, serving.transaction());
        Optional<Refusal> refusal = serving.checkpoint.preview(probe, analysis);
        if (refusal.isPresent()) {
            return refuse(refusal.get(), false);
        }
        serving.statements.put(prepared.name, prepared);
        serving.replies.expect(new Reply.Parsed(prepared));
        return Verdict.PASS;
    }

    private Verdict bind(Body body) {
        Bind bind = Bind.read(body);
        Prepared prepared = serving.statements.get(bind.statement());
        if (prepared == null) {
            return unknownStatement(bind.statement());
        }
        Scope scope = serving.parameters.scope(prepared.modes);
        Analysis analysis = waiting.analysis(prepared.sql, scope);
        if (analysis == null) {
            return Verdict.STOP;
        }
        prepared.analysis = analysis;
        prepared.scope = scope;
        Portal portal = waiting.statement();
        if (portal != null && !portal.isStill(analysis, scope)) {
            return refuse(waiting.forget(), false);
        }
        if (portal == null) {
            portal = new Portal(bind.portal(), prepared, bind, serving.transaction());
        }
        Outcome outcome = waiting.outcome(portal);
        if (outcome instanceof Outcome.Stop stop) {
            return refuse(stop.refusal(), false);
        }
        if (!(outcome instanceof Outcome.Proceed proceed)) {
            return Verdict.STOP;
        }
        portal.decision = proceed.decision();
        forgetIfRedefined(analysis);
        serving.sent(analysis);
        serving.portals.put(portal.name, portal);
        serving.replies.expect(new Reply.Bound(portal));
        return Verdict.PASS;
    }

    /**
     * A name prepared in SQL may take the place of one prepared by message, so none of those is trusted any more. Nor is a
     * portal where a cursor of its name may have been opened: its rows are not those that were described.
     */
    private void forgetIfRedefined(Analysis analysis) {
        if (analysis.match(Frontend::redefines, opaque -> true)) {
            serving.statements.clear();
        }
        boolean opens = analysis.match(
                understood -> understood.commands().stream().anyMatch(Frontend::opensCursor), opaque -> true);
        if (opens && serving.masked) {
            serving.portals.clear();
        }
    }

    private static boolean opensCursor(Command command) {
        return !command.complete() || command.changes().contains(Command.Change.CURSOR);
    }

    private static boolean redefines(Analysis.Understood understood) {
        for (Command command : understood.commands()) {
            if (redefines(command)) {
                return true;
            }
        }
        return false;
    }

    private static boolean redefines(Command command) {
        return command.kinds().contains(Kind.PREPARE) || command.kinds().contains(Kind.DO);
    }

    private Verdict describe(Body body) {
        byte kind = body.int8();
        String name = body.string();
        body.finish();
        Prepared prepared;
        if (kind == STATEMENT) {
            prepared = serving.statements.get(name);
            if (prepared == null) {
                return unknownStatement(name);
            }
        } else {
            Portal portal = serving.portals.get(name);
            if (portal == null) {
                return unknownPortal(name);
            }
            prepared = portal.prepared;
        }
        prepared.describing = true;
        serving.replies.expect(new Reply.Described(prepared, false));
        return Verdict.PASS;
    }

    private Verdict execute(Body body) {
        String name = body.string();
        body.int32();
        body.finish();
        Portal portal = serving.portals.get(name);
        if (portal == null) {
            return unknownPortal(name);
        }
        if (serving.masked && !portal.prepared.describing) {
            portal.prepared.describing = true;
            ByteBuf out = serving.allocate();
            Frame.strings(out, 'D', "P" + portal.name);
            serving.toServer(out);
            serving.replies.expect(new Reply.Described(portal.prepared, true));
        }
        serving.replies.expect(new Reply.Executed(portal));
        serving.copyIn.sent(portal, false);
        return Verdict.PASS;
    }

    private Verdict close(Body body) {
        byte kind = body.int8();
        String name = body.string();
        body.finish();
        serving.replies.expect(
                kind == STATEMENT
                        ? new Reply.Closed(serving.statements.remove(name), null)
                        : new Reply.Closed(null, serving.portals.remove(name)));
        return Verdict.PASS;
    }

    private Verdict unknownStatement(String name) {
        String which = name.isEmpty() ? "unnamed prepared statement" : "prepared statement \"" + name + "\"";
        return replace(Refusals.error("26000", which + " does not exist", ""), "unknown", false);
    }

    private Verdict unknownPortal(String name) {
        return replace(Refusals.error("34000", "portal \"" + name + "\" does not exist", ""), "unknown", false);
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
        serving.replies.expect(new Reply.Refused(answer, simple));
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

    /** Takes back a statement that waits for approval; answers whether one did. */
    boolean withdraw(String reason) {
        return waiting.withdraw(reason);
    }

    /** Stops reading from a client that has sent a good deal behind a frame that waits. */
    void limitStash() {
        waiting.limitStash();
    }
}
