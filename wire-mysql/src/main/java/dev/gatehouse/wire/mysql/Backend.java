package dev.gatehouse.wire.mysql;

import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.wire.mysql.Packets.Verdict;
import dev.gatehouse.wire.mysql.message.Body;
import dev.gatehouse.wire.mysql.message.Eof;
import dev.gatehouse.wire.mysql.message.Err;
import dev.gatehouse.wire.mysql.message.Ok;
import dev.gatehouse.wire.mysql.message.Packet;
import dev.gatehouse.wire.mysql.message.ProtocolViolation;
import dev.gatehouse.wire.mysql.message.Status;
import dev.gatehouse.wire.mysql.prepared.PrepareOk;
import dev.gatehouse.wire.mysql.prepared.Shape;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the server answers, and rewrites the rows that a plan is in force for.
 *
 * <pre>
 *   HEAD ──number of columns──► COLUMNS ──► COLUMNS_END (EOF_Packet) ──► ROWS ──EOF_Packet or OK_Packet──► HEAD, or the end
 *     └──OK_Packet──► HEAD, or the end                                     └──ERR_Packet──► the end
 * </pre>
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_query_response.html">COM_QUERY
 *     Response</a>
 */
final class Backend implements Packets.Reader {

    /** What asks the client for a file. */
    private static final int LOCAL_FILE = 0xfb;

    /** More than any server has room for. */
    private static final int MAX_COLUMNS = 1 << 20;

    /** A payload of a row may begin as an EOF packet does from this length on. */
    private static final int LONG_VALUE_BYTES = 9;

    private enum Stage {
        IDLE,
        HEAD,
        COLUMNS,
        COLUMNS_END,
        ROWS
    }

    private final Serving serving;
    private final Rows rows;
    private final Answers answers;
    private final boolean deprecatesEof;
    private Stage stage = Stage.IDLE;
    private Announced announced = Announced.NOTHING;
    private int columns;
    /** Whether the rows at hand are a procedure's OUT parameters, of which MySQL says in front alone that more follows. */
    private boolean outParameters;
    /** Whether the definitions of this result's columns are read. */
    private boolean described;
    /** Whether the server has said out of turn that it ends the connection. */
    private boolean interrupted;

    Backend(Serving serving, Rows rows) {
        this.serving = serving;
        this.rows = rows;
        this.answers = new Answers(serving);
        this.deprecatesEof = serving.agreement.deprecatesEof();
    }

    /** An answer is due. */
    void expect(Reply reply) {
        outParameters = false;
        stage = reply instanceof Reply.Fields || reply instanceof Reply.Fetched ? Stage.ROWS : Stage.HEAD;
        if (reply instanceof Reply.Fetched fetched) {
            rows.fetch(fetched.execution());
        }
    }

    @Override
    public boolean wants(int first, int length) {
        return stage != Stage.ROWS || rows.areRewritten() || isEnd(first, length) || first == Err.TAG;
    }

    private boolean isEnd(int first, int length) {
        return first == Eof.TAG && (deprecatesEof ? length < Packet.MAX_PAYLOAD : length < LONG_VALUE_BYTES);
    }

    /** A server that ends a connection by itself says so with the number 0, whatever it is at, or with any when it is at nothing. */
    @Override
    public boolean mayInterrupt(int number, int first) {
        boolean may = first == Err.TAG && (number == 0 || serving.reply() == null);
        interrupted |= may;
        return may;
    }

    @Override
    public Verdict payload(ByteBuf bytes, int index, int length) {
        Reply due = serving.reply();
        Body body = new Body(bytes, index, index + length);
        if (interrupted || ((due == null || due instanceof Reply.Awake) && body.peek() == Err.TAG)) {
            return interrupt(due, Err.read(body));
        }
        if (due instanceof Reply.Awake) {
            over();
            return Verdict.TAKE;
        }
        if (due instanceof Reply.Asked asked) {
            return asked(asked, bytes, index, length);
        }
        if (due != null && body.peek() == Err.TAG) {
            return error(due, Err.read(body));
        }
        if (due instanceof Reply.Results results) {
            return result(results, bytes, index, length, body);
        }
        if (due instanceof Reply.Done done) {
            return done(done, body, length);
        }
        if (due instanceof Reply.Preparing preparing) {
            return prepared(preparing, bytes, index, length, body);
        }
        if (due instanceof Reply.Fetched) {
            return fetched(bytes, index, length, body);
        }
        if (due instanceof Reply.Fields fields) {
            if (isEnd(body.peek(), length)) {
                end(fields.execution());
            }
            return Verdict.PASS;
        }
        if (due instanceof Reply.Statistics) {
            over();
            return Verdict.PASS;
        }
        throw new ProtocolViolation("the server speaks although nobody asked");
    }

    private Verdict asked(Reply.Asked asked, ByteBuf bytes, int index, int length) {
        switch (asked.inquiry().answer(bytes, index, length)) {
            case MORE -> {}
            case KNOWN -> {
                asked.heard().accept(asked.inquiry());
                over();
            }
        }
        return Verdict.TAKE;
    }

    private Verdict done(Reply.Done done, Body body, int length) {
        boolean ended = body.peek() == Eof.TAG && length == Eof.PAYLOAD_BYTES;
        if (ended) {
            serving.status(Eof.read(body).status());
        } else if (body.peek() != Ok.TAG && body.peek() != Eof.TAG) {
            throw new ProtocolViolation("an answer that is neither OK nor an error");
        }
        Ok ok = ended ? null : Ok.read(body.ahead(), serving.agreement.serverTracks());
        int tag = body.peek();
        if (ok != null) {
            serving.status(ok.status());
            serving.changed(ok.changes());
        }
        if (done.effect() == Reply.Effect.RESET) {
            serving.statements.clear();
            serving.names.clear();
            serving.variables.reset();
            serving.checkpoint.renew();
        }
        if (done.execution() != null) {
            answers.answered(done.execution(), "OK");
            serving.ran(done.execution(), 1);
        }
        over();
        return ok == null ? Verdict.PASS : told(ok, tag);
    }

    private Verdict prepared(Reply.Preparing preparing, ByteBuf bytes, int index, int length, Body body) {
        if (stage == Stage.HEAD) {
            PrepareOk ok = PrepareOk.read(body);
            preparing.prepared().shape = new Shape(ok.parameters());
            serving.statements.add(ok.statement(), preparing.prepared());
            announced = new Announced(ok, deprecatesEof);
            rows.begin();
            stage = Stage.COLUMNS;
        }
        Verdict verdict =
                rows.areRead() ? announced.next(preparing.probe(), rows, bytes, index, length) : announced.next();
        if (announced.isOver()) {
            over();
        }
        return verdict;
    }

    private Verdict fetched(ByteBuf bytes, int index, int length, Body body) {
        if (!isEnd(body.peek(), length)) {
            rows.row(bytes, index, length);
            return Verdict.TAKE;
        }
        rows.end();
        Ok ok = deprecatesEof ? Ok.read(body, serving.agreement.serverTracks()) : null;
        serving.status(ok == null ? Eof.read(body).status() : ok.status());
        over();
        return ok == null ? Verdict.PASS : told(ok, Eof.TAG);
    }

    private Verdict result(Reply.Results results, ByteBuf bytes, int index, int length, Body body) {
        Execution execution = results.execution();
        switch (stage) {
            case HEAD -> {
                return head(results, body);
            }
            case COLUMNS -> {
                columns--;
                if (described) {
                    rows.column(bytes, index, length);
                }
                if (columns == 0) {
                    if (described) {
                        rows.described(results);
                    }
                    stage = deprecatesEof ? Stage.ROWS : Stage.COLUMNS_END;
                }
                return described ? Verdict.TAKE : Verdict.PASS;
            }
            case COLUMNS_END -> {
                Eof eof = Eof.read(body);
                stage = Stage.ROWS;
                outParameters = eof.has(Status.OUT_PARAMETERS);
                return execution.wantsCursor && eof.has(Status.CURSOR_EXISTS)
                        ? ended(results, eof.status(), true, null, eof)
                        : Verdict.PASS;
            }
            case ROWS -> {
                if (!isEnd(body.peek(), length)) {
                    rows.row(bytes, index, length);
                    return Verdict.TAKE;
                }
                rows.end();
                if (deprecatesEof) {
                    Ok ok = Ok.read(body, serving.agreement.serverTracks());
                    return ended(results, ok.status(), true, ok, null);
                }
                Eof eof = Eof.read(body);
                return ended(results, eof.status(), true, null, eof);
            }
            default -> throw new ProtocolViolation("a result nobody asked for: " + execution.decision);
        }
    }

    private Verdict head(Reply.Results results, Body body) {
        if (body.peek() == Ok.TAG) {
            Ok ok = Ok.read(body, serving.agreement.serverTracks());
            return ended(results, ok.status(), false, ok, null);
        }
        if (body.peek() == LOCAL_FILE) {
            if (!results.execution().mayAskForFile()) {
                throw new ProtocolViolation("the server asks for a file that no statement allows");
            }
            serving.sendFile();
            return Verdict.PASS;
        }
        long count = body.lengthEncoded();
        if (count < 1 || count > MAX_COLUMNS) {
            throw new ProtocolViolation("a result of " + count + " columns");
        }
        body.finish();
        columns = (int) count;
        described = rows.begin(results);
        stage = Stage.COLUMNS;
        return Verdict.PASS;
    }

    /** A result has ended, with one of the two packets that end one. */
    private Verdict ended(Reply.Results results, int status, boolean hadRows, @Nullable Ok ok, @Nullable Eof eof) {
        Execution execution = results.execution();
        boolean more = (status & Status.MORE_RESULTS_EXIST) != 0 || outParameters;
        outParameters = false;
        serving.status(status);
        if (ok != null) {
            serving.changed(ok.changes());
        }
        answers.answered(execution, hadRows || ok == null ? "rows" : "OK, " + ok.affected() + " rows affected");
        if ((status & Status.CURSOR_EXISTS) == 0) {
            execution.plan = null;
        }
        advance(execution, hadRows);
        if (more) {
            serving.changes.ran(execution.analysis());
            stage = Stage.HEAD;
            return ok == null ? Verdict.PASS : told(ok, hadRows ? Eof.TAG : Ok.TAG);
        }
        serving.ran(execution, execution.commands().size());
        if (results.then() != null) {
            return refused(results, hadRows, ok, eof);
        }
        over();
        return ok == null ? Verdict.PASS : told(ok, hadRows ? Eof.TAG : Ok.TAG);
    }

    /** A procedure may give several results; what ends it is an OK packet. */
    private static void advance(Execution execution, boolean hadRows) {
        Command current = execution.current();
        boolean goesOn = hadRows && current != null && current.kinds().contains(Kind.CALL);
        boolean unknown = current != null
                && current.kinds().contains(Kind.EXECUTE)
                && execution.commands().size() > 1;
        if (unknown) {
            execution.command = execution.commands().size();
        } else if (!goesOn) {
            execution.command++;
        }
    }

    /** What is behind the last result that came is refused: the result says that more follows, and that is an error. */
    private Verdict refused(Reply.Results results, boolean hadRows, @Nullable Ok ok, @Nullable Eof eof) {
        serving.serverPackets.flush();
        ByteBuf out = serving.allocate();
        int number = serving.connection.clientNumbers.take();
        if (ok != null) {
            Ok more = new Ok(
                    ok.affected(),
                    ok.lastInsertId(),
                    ok.status() | Status.MORE_RESULTS_EXIST,
                    ok.warnings(),
                    ok.info(),
                    ok.changes());
            more.write(out, number, hadRows ? Eof.TAG : Ok.TAG, serving.agreement.clientTracks());
        } else if (eof != null) {
            new Eof(eof.warnings(), eof.status() | Status.MORE_RESULTS_EXIST).write(out, number);
        }
        serving.connection.toClient(out);
        if (results.then() != null) {
            serving.refuse(results.then());
        }
        over();
        return Verdict.TAKE;
    }

    /** Tells the client of success, in the form that was agreed on with it. */
    private Verdict told(Ok ok, int tag) {
        if (serving.agreement.clientTracks() == serving.agreement.serverTracks()
                || (ok.info().length == 0 && ok.changes().isEmpty() && !ok.has(Status.SESSION_STATE_CHANGED))) {
            return Verdict.PASS;
        }
        serving.serverPackets.flush();
        ByteBuf out = serving.allocate();
        ok.write(out, serving.connection.clientNumbers.take(), tag, serving.agreement.clientTracks());
        serving.connection.toClient(out);
        return Verdict.TAKE;
    }

    private Verdict error(Reply due, Err error) {
        if (error.code() == Err.PROGRESS && serving.agreement.showsProgress()) {
            return Verdict.PASS;
        }
        rows.end();
        Execution execution = due.executed();
        Err shown = due instanceof Reply.Unknown unknown ? unknown.shown(error) : answers.shown(execution, error);
        if (due instanceof Reply.Results results && results.prepared() != null) {
            results.prepared().shape.doubt();
        }
        if (due instanceof Reply.Preparing) {
            serving.statements.failed();
        } else if (execution != null) {
            answers.failed(execution, shown);
            serving.ran(execution, execution.command);
        }
        over();
        if (shown.equals(error)) {
            return Verdict.PASS;
        }
        serving.refuse(shown);
        return Verdict.TAKE;
    }

    private Verdict interrupt(@Nullable Reply due, Err error) {
        rows.end();
        Execution execution = due == null ? null : due.executed();
        Err shown = answers.shown(execution, error);
        if (execution != null) {
            answers.failed(execution, shown);
        }
        serving.interrupt(shown);
        return Verdict.TAKE;
    }

    private void end(Execution execution) {
        answers.answered(execution, "OK");
        over();
    }

    private void over() {
        stage = Stage.IDLE;
        serving.answered();
    }
}
