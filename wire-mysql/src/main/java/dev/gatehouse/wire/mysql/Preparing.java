package dev.gatehouse.wire.mysql;

import dev.gatehouse.firewall.gate.Refusal;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.wire.mysql.Packets.Verdict;
import dev.gatehouse.wire.mysql.Waiting.Ruled;
import dev.gatehouse.wire.mysql.message.Body;
import dev.gatehouse.wire.mysql.message.Commands;
import dev.gatehouse.wire.mysql.message.Err;
import dev.gatehouse.wire.mysql.message.Packet;
import dev.gatehouse.wire.mysql.message.ProtocolViolation;
import dev.gatehouse.wire.mysql.prepared.Binding;
import dev.gatehouse.wire.mysql.prepared.Execute;
import io.netty.buffer.ByteBuf;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the client's commands about prepared statements. A statement is ruled on when it is executed, with the values bound to
 * it; when it is prepared it is only seen whether it could be.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_command_phase_ps.html">Prepared Statements</a>
 */
final class Preparing {

    private static final int UNKNOWN_STATEMENT = 1243;
    /** What is kept of values sent ahead of an execution. */
    private static final long MAX_LONG_DATA_BYTES = 64 << 20;

    private final Serving serving;
    private final Waiting waiting;

    Preparing(Serving serving, Waiting waiting) {
        this.serving = serving;
        this.waiting = waiting;
    }

    Verdict command(int command, Body body) {
        return switch (command) {
            case Commands.STMT_PREPARE -> prepare(body);
            case Commands.STMT_EXECUTE -> execute(body);
            case Commands.STMT_SEND_LONG_DATA -> sendLongData(body);
            case Commands.STMT_FETCH -> fetch(body);
            case Commands.STMT_RESET -> reset(body);
            default -> {
                serving.statements.close(Execute.statement(body));
                yield Verdict.PASS;
            }
        };
    }

    private Verdict prepare(Body body) {
        byte[] raw = body.bytes(body.left());
        byte[] text = serving.variables.readable(raw);
        byte[] shown = text == null ? raw : text;
        Scope scope = serving.variables.scope();
        Analysis analysis = waiting.analysis(text, scope);
        if (analysis == null) {
            return Verdict.STOP;
        }
        waiting.done();
        Execution probe = new Execution(shown, analysis, scope, Binding.NONE, serving.transaction());
        Optional<Refusal> refusal = serving.checkpoint.preview(probe, analysis);
        if (refusal.isPresent()) {
            serving.statements.failed();
            serving.refuse(refusal.get());
            return Verdict.TAKE;
        }
        serving.expect(new Reply.Preparing(new Prepared(shown, text, scope), probe));
        return Verdict.PASS;
    }

    private Verdict execute(Body body) {
        Body whole = body.ahead();
        Prepared prepared = serving.statements.find(Execute.statement(whole));
        if (prepared == null) {
            return unknown(Execute.statement(body), "EXECUTE");
        }
        Execute execute = Execute.read(body, prepared.shape, prepared.longData, false);
        Scope scope = prepared.scope(serving.variables.scope());
        Ruled ruled = waiting.rule(prepared.shown, prepared.text, scope, execute.binding());
        if (ruled instanceof Ruled.Wait) {
            return Verdict.STOP;
        }
        boolean sentAhead = !prepared.longData.isEmpty();
        prepared.longData.clear();
        if (ruled instanceof Ruled.Run run) {
            prepared.cursor = run.execution();
            serving.running(run.execution());
            serving.expect(new Reply.Results(run.execution(), true, null));
            return Verdict.PASS;
        }
        serving.refuse(((Ruled.Refused) ruled).refusal());
        if (sentAhead) {
            forget(Execute.statement(whole));
        }
        return Verdict.TAKE;
    }

    /** The server drops what was sent ahead with an execution, and so must where that is refused. */
    private void forget(long number) {
        ByteBuf out = serving.allocate();
        serving.connection.serverNumbers.restart();
        int start = Packet.begin(out, serving.connection.serverNumbers.take());
        out.writeByte(Commands.STMT_RESET).writeIntLE((int) number);
        Packet.end(out, start);
        serving.toServer(out);
        serving.expect(Reply.Swallowed.INSTANCE);
    }

    /** Answered by nothing, whatever becomes of it. */
    private Verdict sendLongData(Body body) {
        Prepared prepared = serving.statements.find(body.int4());
        if (prepared != null) {
            int parameter = body.int2();
            if (prepared.longData.size() + body.left() > MAX_LONG_DATA_BYTES) {
                throw new ProtocolViolation("values of more than " + MAX_LONG_DATA_BYTES + " bytes sent ahead");
            }
            prepared.longData.add(parameter, body.bytes(body.left()));
        }
        return prepared == null ? Verdict.TAKE : Verdict.PASS;
    }

    private Verdict fetch(Body body) {
        long number = Execute.statement(body);
        Prepared prepared = serving.statements.find(number);
        Execution cursor = prepared == null ? null : prepared.cursor;
        if (cursor == null) {
            return unknown(number, "FETCH");
        }
        serving.expect(new Reply.Fetched(cursor));
        return Verdict.PASS;
    }

    private Verdict reset(Body body) {
        long number = Execute.statement(body);
        Prepared prepared = serving.statements.find(number);
        if (prepared == null) {
            return unknown(number, "RESET");
        }
        prepared.longData.clear();
        serving.expect(new Reply.Done(Reply.Effect.NOTHING, null));
        return Verdict.PASS;
    }

    private Verdict unknown(long number, String verb) {
        serving.refuse(new Err(
                UNKNOWN_STATEMENT,
                "HY000",
                "Unknown prepared statement handler (" + number + ") given to mysqld_stmt_"
                        + verb.toLowerCase(Locale.ROOT)));
        return Verdict.TAKE;
    }
}
