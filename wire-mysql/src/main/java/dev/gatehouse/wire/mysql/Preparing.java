package dev.gatehouse.wire.mysql;

import dev.gatehouse.firewall.gate.Refusal;
import dev.gatehouse.firewall.gate.RequestQuestion;
import dev.gatehouse.firewall.gate.SessionQuestion;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.wire.mysql.Packets.Verdict;
import dev.gatehouse.wire.mysql.Resolution.Resolved;
import dev.gatehouse.wire.mysql.Waiting.Ruled;
import dev.gatehouse.wire.mysql.message.Body;
import dev.gatehouse.wire.mysql.message.Commands;
import dev.gatehouse.wire.mysql.message.Err;
import dev.gatehouse.wire.mysql.prepared.Binding;
import dev.gatehouse.wire.mysql.prepared.Execute;
import dev.gatehouse.wire.mysql.prepared.WrongArguments;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads the client's commands about prepared statements. A statement is ruled on when it is executed, with the values bound to
 * it; when it is prepared it is only seen whether it could be.
 *
 * <p>Its names mean what they meant in the database it was prepared in. A server reads the text once more by itself when a
 * table has changed, under the {@code sql_mode} of that moment; so nothing is executed under another than it was prepared
 * under.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_command_phase_ps.html">Prepared Statements</a>
 */
final class Preparing {

    /** The command, the number, flags and a count of executions. */
    private static final int EXECUTE_HEADER_BYTES = 10;

    private static final Err UNSUPPORTED =
            new Err(1295, "HY000", "This command is not supported in the prepared statement protocol yet");
    private static final int NEED_REPREPARE = 1615;
    private static final int WRONG_ARGUMENTS = 1210;
    /** What is kept of values sent ahead of an execution. */
    private static final long MAX_LONG_DATA_BYTES = 64 << 20;

    private final Serving serving;
    private final Waiting waiting;

    Preparing(Serving serving, Waiting waiting) {
        this.serving = serving;
        this.waiting = waiting;
    }

    /**
     * Reads a command.
     *
     * @param body from behind the command's own byte on
     * @param bytes holds the whole payload, lent
     */
    Verdict command(int command, Body body, ByteBuf bytes, int index, int length) {
        return switch (command) {
            case Commands.STMT_PREPARE -> prepare(body);
            case Commands.STMT_EXECUTE -> execute(body, bytes, index, length);
            case Commands.STMT_SEND_LONG_DATA -> sendLongData(body);
            case Commands.STMT_FETCH -> fetch(body, bytes, index, length);
            case Commands.STMT_RESET -> reset(body, bytes, index, length);
            default -> {
                serving.statements.close(Execute.statement(body));
                yield Verdict.PASS;
            }
        };
    }

    /**
     * Keeps a text from being prepared that asks how a request or the session stands, as the answer is another each time;
     * drivers then send it as it is.
     */
    private Verdict prepare(Body body) {
        if (body.left() > Frontend.MAX_TEXT_BYTES) {
            serving.statements.failed();
            serving.refuse(Frontend.TOO_LONG);
            return Verdict.TAKE;
        }
        byte[] raw = body.bytes(body.left());
        byte[] text = serving.variables.readable(raw);
        if (text != null && (RequestQuestion.in(text) != null || SessionQuestion.in(text) != null)) {
            serving.statements.failed();
            serving.refuse(UNSUPPORTED);
            return Verdict.TAKE;
        }
        Scope scope = serving.variables.scope();
        byte[] meant = text == null ? raw : waiting.meant(text, scope);
        Resolved meaning = meant == null ? null : waiting.meaning(text == null ? null : meant, scope);
        if (meant == null || meaning == null) {
            return Verdict.STOP;
        }
        Analysis analysis = meaning.analysis();
        waiting.done();
        Execution probe = new Execution(meant, analysis, scope, Binding.NONE, serving.transaction());
        Optional<Refusal> refusal = serving.checkpoint.preview(probe, analysis);
        if (refusal.isPresent()) {
            serving.statements.failed();
            serving.refuse(refusal.get());
            return Verdict.TAKE;
        }
        boolean same = Arrays.equals(meant, text == null ? raw : text);
        byte[] sent = same ? raw : meant;
        serving.expect(new Reply.Preparing(new Prepared(sent, meant, text == null ? null : meant, scope), probe));
        if (same) {
            return Verdict.PASS;
        }
        serving.command(Commands.STMT_PREPARE, meant);
        return Verdict.TAKE;
    }

    private Verdict execute(Body body, ByteBuf bytes, int index, int length) {
        long number = Execute.statement(body);
        Prepared prepared = serving.statements.find(number);
        if (prepared == null) {
            return unknown(number, bytes, index, length);
        }
        if (!prepared.isReadAs(serving.variables)) {
            prepared.longData.clear();
            serving.refuse(new Err(NEED_REPREPARE, "HY000", "Prepared statement needs to be re-prepared"));
            return Verdict.TAKE;
        }
        if (prepared.longData.size() > MAX_LONG_DATA_BYTES) {
            prepared.longData.clear();
            serving.refuse(serving.checkpoint.refuse(
                    "values sent ahead of more than " + (MAX_LONG_DATA_BYTES >> 20) + " MiB"));
            return Verdict.TAKE;
        }
        Execute execute;
        try {
            execute = Execute.read(body, prepared.shape, prepared.longData, false);
        } catch (WrongArguments e) {
            String to = prepared.longData.isEmpty()
                    ? "mysqld_stmt_execute"
                    : serving.variables.mayBeMariaDb() ? "mysqld_stmt_send_long_data" : "mysql_stmt_precheck";
            serving.refuseAs(new Err(WRONG_ARGUMENTS, "HY000", "Incorrect arguments to " + to));
            return Verdict.TAKE;
        }
        Scope scope = serving.variables.scope(prepared.database());
        Ruled ruled = waiting.rule(prepared.shown, prepared.text, scope, execute.binding());
        if (ruled instanceof Ruled.Wait) {
            return Verdict.STOP;
        }
        if (ruled instanceof Ruled.Run run) {
            prepared.cursor = run.execution();
            run.execution().wantsCursor = execute.wantsCursor();
            serving.running(run.execution());
            serving.expect(new Reply.Results(run.execution(), prepared, null));
            return send(number, prepared, execute, bytes, index, length) ? Verdict.PASS : Verdict.TAKE;
        }
        prepared.longData.clear();
        serving.refuse(((Ruled.Refused) ruled).refusal());
        return Verdict.TAKE;
    }

    /**
     * Sends what the server lacks for an execution: values sent ahead, and types that it never saw as their execution was
     * refused. Answers whether the execution itself goes on as it came.
     */
    private boolean send(long number, Prepared prepared, Execute execute, ByteBuf bytes, int index, int length) {
        boolean mustTell = prepared.shape.mustTell(execute);
        prepared.shape.tell(execute);
        if (!mustTell && prepared.longData.isEmpty()) {
            return true;
        }
        ByteBuf out = serving.allocate();
        ByteBuf payload = serving.allocate();
        prepared.longData.forEach((parameter, value) -> {
            payload.clear().writeByte(Commands.STMT_SEND_LONG_DATA).writeIntLE((int) number);
            write(out, payload.writeShortLE(parameter).writeBytes(value));
        });
        prepared.longData.clear();
        payload.clear();
        if (mustTell) {
            execute.writeTyped(bytes, index, length, payload);
        } else {
            payload.writeBytes(bytes, index, length);
        }
        write(out, payload);
        payload.release();
        serving.toServer(out);
        return false;
    }

    private void write(ByteBuf out, ByteBuf payload) {
        Numbers numbers = serving.connection.serverNumbers;
        numbers.restart();
        Payloads.write(out, payload, payload.readerIndex(), payload.readableBytes(), numbers);
    }

    /**
     * Keeps a piece of a value until its statement is executed: the whole of it is ruled on, and what is refused never gets to
     * the server. Nobody answers it; what is wrong with it is said of the execution.
     */
    private Verdict sendLongData(Body body) {
        Prepared prepared = serving.statements.find(body.int4());
        int parameter = body.int2();
        if (prepared != null && prepared.longData.size() <= MAX_LONG_DATA_BYTES) {
            prepared.longData.add(parameter, body.bytes(body.left()));
        }
        return Verdict.TAKE;
    }

    private Verdict fetch(Body body, ByteBuf bytes, int index, int length) {
        long number = Execute.statement(body);
        Prepared prepared = serving.statements.find(number);
        if (prepared == null) {
            return unknown(number, bytes, index, length);
        }
        Execution cursor = prepared.cursor;
        boolean noneIsOpen = cursor == null || (serving.rows.areRead() && cursor.plan == null);
        // What comes is an error, or the end.
        serving.expect(
                cursor == null || noneIsOpen ? new Reply.Done(Reply.Effect.NOTHING, null) : new Reply.Fetched(cursor));
        return Verdict.PASS;
    }

    private Verdict reset(Body body, ByteBuf bytes, int index, int length) {
        long number = Execute.statement(body);
        Prepared prepared = serving.statements.find(number);
        if (prepared == null) {
            return unknown(number, bytes, index, length);
        }
        prepared.longData.clear();
        serving.expect(new Reply.Done(Reply.Effect.NOTHING, null));
        return Verdict.PASS;
    }

    /**
     * Has the server itself say that it does not know a statement, by a number that stands for none: the number at hand may be
     * that of one which SQL has prepared.
     */
    private Verdict unknown(long number, ByteBuf bytes, int index, int length) {
        int shown = Math.min(length, EXECUTE_HEADER_BYTES);
        ByteBuf payload = serving.allocate().writeBytes(bytes, index, shown).setIntLE(1, (int) Reply.Unknown.NUMBER);
        ByteBuf out = serving.allocate();
        write(out, payload);
        payload.release();
        serving.toServer(out);
        serving.expect(new Reply.Unknown(number));
        return Verdict.TAKE;
    }
}
