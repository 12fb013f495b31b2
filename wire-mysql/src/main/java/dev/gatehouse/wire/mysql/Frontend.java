package dev.gatehouse.wire.mysql;

import dev.gatehouse.firewall.gate.Gate.Checkpoint;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.wire.mysql.Packets.Verdict;
import dev.gatehouse.wire.mysql.Reply.Effect;
import dev.gatehouse.wire.mysql.Waiting.Ruled;
import dev.gatehouse.wire.mysql.message.Body;
import dev.gatehouse.wire.mysql.message.ChangeUser;
import dev.gatehouse.wire.mysql.message.Commands;
import dev.gatehouse.wire.mysql.message.Err;
import dev.gatehouse.wire.mysql.prepared.Binding;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the client's commands and lets through the gate what runs SQL. A refused command is not sent: as with an error of the
 * server's own, the transaction stays as it is.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_command_phase.html">Command Phase</a>
 */
final class Frontend implements Packets.Reader {

    /** As much as the journal keeps in one piece; of what is longer than the analyzer's own bound nothing is understood. */
    static final int MAX_TEXT_BYTES = (8 << 20) - (64 << 10);

    static final Err TOO_LONG = new Err(
            1153,
            "08S01",
            "Got a packet bigger than 'max_allowed_packet' bytes: a statement may have 7.9 MiB of text here; send long"
                    + " values as parameters of a prepared statement, or fewer rows at a time");
    private static final int UNKNOWN_COMMAND = 1047;
    private static final int NO_SUCH_THREAD = 1094;
    private static final int NOT_OWNER = 1095;

    /** Commands that hide or bypass SQL, or are for servers among themselves. */
    private static final Map<Integer, String> REFUSED = Map.ofEntries(
            Map.entry(Commands.CREATE_DB, "COM_CREATE_DB"),
            Map.entry(Commands.DROP_DB, "COM_DROP_DB"),
            Map.entry(Commands.REFRESH, "COM_REFRESH"),
            Map.entry(Commands.SHUTDOWN, "COM_SHUTDOWN"),
            Map.entry(Commands.PROCESS_INFO, "COM_PROCESS_INFO"),
            Map.entry(Commands.DEBUG, "COM_DEBUG"),
            Map.entry(Commands.BINLOG_DUMP, "COM_BINLOG_DUMP"),
            Map.entry(Commands.BINLOG_DUMP_GTID, "COM_BINLOG_DUMP_GTID"),
            Map.entry(Commands.TABLE_DUMP, "COM_TABLE_DUMP"),
            Map.entry(Commands.REGISTER_SLAVE, "COM_REGISTER_SLAVE"),
            Map.entry(Commands.CLONE, "COM_CLONE"),
            Map.entry(Commands.SUBSCRIBE_GROUP_REPLICATION_STREAM, "COM_SUBSCRIBE_GROUP_REPLICATION_STREAM"),
            Map.entry(Commands.STMT_BULK_EXECUTE, "COM_STMT_BULK_EXECUTE"));

    private final Serving serving;
    private final Waiting waiting;
    private final Preparing preparing;
    /** Whether the client sends a file the server has asked for. */
    private boolean sendsFile;

    Frontend(Serving serving) {
        this.serving = serving;
        this.waiting = new Waiting(serving);
        this.preparing = new Preparing(serving, waiting);
    }

    /** Whether the client still sends a file. */
    boolean sendsFile() {
        return sendsFile;
    }

    @Override
    public boolean isReady() {
        return sendsFile || serving.isFree();
    }

    @Override
    public boolean isCommand() {
        return !sendsFile;
    }

    @Override
    public boolean wants(int first, int length) {
        return !sendsFile || length == 0;
    }

    /** The server has asked for a file, and the client was told so. */
    void sendFile() {
        sendsFile = true;
    }

    @Override
    public Verdict payload(ByteBuf bytes, int index, int length) {
        if (sendsFile) {
            sendsFile = false;
            return Verdict.PASS;
        }
        Body body = new Body(bytes, index, index + length);
        int command = body.int1();
        if (serving.variables.mustAsk() && readsText(command, body)) {
            serving.ask();
            return Verdict.STOP;
        }
        return switch (command) {
            case Commands.QUERY -> query(body);
            case Commands.INIT_DB -> initDb(body);
            case Commands.FIELD_LIST -> fieldList(body);
            case Commands.PROCESS_KILL -> kill(new Kill(body.int4(), "KILL ", false));
            case Commands.PING, Commands.SET_OPTION -> pass(new Reply.Done(Effect.NOTHING, null));
            case Commands.RESET_CONNECTION -> pass(new Reply.Done(Effect.RESET, null));
            case Commands.CHANGE_USER -> {
                serving.changeUser(ChangeUser.read(new Body(bytes, index, index + length), serving.agreement.client()));
                yield Verdict.TAKE;
            }
            case Commands.STATISTICS -> pass(Reply.Statistics.INSTANCE);
            case Commands.QUIT -> {
                serving.quit();
                yield Verdict.PASS;
            }
            case Commands.STMT_PREPARE,
                    Commands.STMT_EXECUTE,
                    Commands.STMT_SEND_LONG_DATA,
                    Commands.STMT_FETCH,
                    Commands.STMT_RESET,
                    Commands.STMT_CLOSE -> preparing.command(command, body, bytes, index, length);
            default -> refused(command);
        };
    }

    /** Whether a command's meaning depends on settings that are not certain now. */
    private boolean readsText(int command, Body body) {
        return switch (command) {
            case Commands.QUERY, Commands.STMT_PREPARE -> {
                Body text = body.ahead();
                yield text.left() > Wording.MAX_QUESTION_BYTES || !Wording.asksForCounts(rest(text));
            }
            case Commands.INIT_DB -> !isPlain(rest(body.ahead()));
            case Commands.STMT_EXECUTE -> {
                Prepared prepared = serving.statements.find(body.ahead().int4());
                yield prepared != null && !Wording.asksForCounts(prepared.shown);
            }
            case Commands.FIELD_LIST ->
                serving.checkpoint.needsNames() || !isPlain(body.ahead().terminated());
            default -> false;
        };
    }

    private static byte[] rest(Body body) {
        return body.bytes(body.left());
    }

    /** Whether a name means the same in every character set that a client may use. */
    private static boolean isPlain(byte[] name) {
        for (byte one : name) {
            if (one < 0 || (!Character.isLetterOrDigit(one) && one != '_')) {
                return false;
            }
        }
        return true;
    }

    private Verdict pass(Reply due) {
        serving.expect(due);
        return Verdict.PASS;
    }

    private Verdict refused(int command) {
        String name = REFUSED.get(command);
        if (name == null) {
            serving.refuse(new Err(UNKNOWN_COMMAND, "08S01", "Unknown command"));
        } else {
            serving.refuse(serving.checkpoint.refuse(name));
        }
        return Verdict.TAKE;
    }

    private Verdict query(Body body) {
        if (body.left() > MAX_TEXT_BYTES) {
            serving.refuse(TOO_LONG);
            return Verdict.TAKE;
        }
        byte[] raw = rest(body);
        ByteBuf told = serving.diagnostics.answer(
                raw, serving.connection.relay.allocator(), serving.connection.clientNumbers, serving.status());
        if (told != null) {
            serving.connection.toClient(told);
            return Verdict.TAKE;
        }
        Kill kill = Kill.read(raw);
        if (kill != null && serving.connection.protocol.connections.find(kill.number(), upstream()) != null) {
            return kill(kill);
        }
        byte[] text = serving.variables.readable(raw);
        byte[] meant = text == null ? raw : waiting.meant(text, serving.variables.scope());
        if (meant == null) {
            return Verdict.STOP;
        }
        boolean same = Arrays.equals(meant, text == null ? raw : text);
        Ruled ruled = waiting.rule(meant, text == null ? null : meant, serving.variables.scope(), Binding.NONE);
        if (ruled instanceof Ruled.Refused refused) {
            return refuse(refused, same ? raw : meant);
        }
        if (!(ruled instanceof Ruled.Run run)) {
            return Verdict.STOP;
        }
        if (same) {
            return run(named(run.execution(), raw, text));
        }
        serving.command(Commands.QUERY, meant);
        run(run.execution());
        return Verdict.TAKE;
    }

    private Upstream upstream() {
        return serving.session.upstream();
    }

    /** Keeps the text of an execution that may name statements. */
    private Execution named(Execution execution, byte[] raw, byte @Nullable [] text) {
        if (text != null && execution.commands().stream().anyMatch(command -> command.verb() == Kind.PREPARE)) {
            execution.naming = new Prepared(raw, text, text, execution.scope());
        }
        return execution;
    }

    private Verdict run(Execution execution) {
        serving.running(execution);
        return pass(new Reply.Results(execution, null, null));
    }

    /** Of several statements those run that stand before the first refused one, as if the server itself had refused it. */
    private Verdict refuse(Ruled.Refused refused, byte[] raw) {
        List<Command> commands = refused.execution().commands();
        int allowed = serving.agreement.severalStatements() ? allowed(commands) : 0;
        if (allowed <= 0) {
            serving.refuse(refused.refusal());
            return Verdict.TAKE;
        }
        byte[] readable = serving.variables.readable(raw);
        byte[] text = readable == null ? raw : readable;
        int cut = offset(text, commands.get(allowed).position(), text.length != raw.length);
        Execution before = new Execution(
                Arrays.copyOf(text, offset(text, commands.get(allowed).position(), false)),
                new Analysis.Understood(commands.subList(0, allowed)),
                refused.execution().scope(),
                Binding.NONE,
                serving.transaction());
        Ruled ruled = waiting.rule(before);
        if (ruled instanceof Ruled.Run) {
            serving.command(Commands.QUERY, Arrays.copyOf(raw, cut));
            serving.running(named(before, raw, readable));
            serving.expect(new Reply.Results(before, null, refused.refusal()));
        } else {
            serving.refuse(ruled instanceof Ruled.Refused again ? again.refusal() : refused.refusal());
        }
        return Verdict.TAKE;
    }

    /** How many of the first commands may run, the last not among them: the more there are, the stricter the ruling. */
    private int allowed(List<Command> commands) {
        int most = Math.max(commands.size() - 1, 0);
        int least = 0;
        while (least < most) {
            int middle = (least + most + 1) / 2;
            if (serving.checkpoint.allows(new Analysis.Understood(commands.subList(0, middle)))) {
                least = middle;
            } else {
                most = middle - 1;
            }
        }
        return least;
    }

    /** Where a character stands, which is counted from 1. */
    private static int offset(byte[] text, int position, boolean singleByte) {
        int left = position;
        int at = 0;
        while (at < text.length) {
            boolean begins = singleByte || (text[at] & 0xc0) != 0x80;
            left -= begins ? 1 : 0;
            if (left == 0) {
                return at;
            }
            at++;
        }
        return at;
    }

    /** A command as the SQL it stands for; the server gets it as it came. */
    private Verdict initDb(Body body) {
        byte[] name = serving.variables.readable(rest(body));
        Ruled ruled = asSql("USE ", name);
        if (ruled instanceof Ruled.Run run) {
            serving.running(run.execution());
            return pass(new Reply.Done(Effect.NOTHING, run.execution()));
        }
        return stopped(ruled);
    }

    private Verdict fieldList(Body body) {
        byte[] name = serving.variables.readable(body.terminated());
        Ruled ruled = asSql("SHOW COLUMNS FROM ", name);
        if (ruled instanceof Ruled.Run run) {
            serving.running(run.execution());
            return pass(new Reply.Fields(run.execution()));
        }
        return stopped(ruled);
    }

    private Ruled asSql(String verb, byte @Nullable [] name) {
        String quoted = name == null ? "?" : new String(name, StandardCharsets.UTF_8).replace("`", "``");
        byte[] sql = (verb + "`" + quoted + "`").getBytes(StandardCharsets.UTF_8);
        return waiting.rule(sql, name == null ? null : sql, serving.variables.scope(), Binding.NONE);
    }

    private Verdict stopped(Ruled ruled) {
        if (ruled instanceof Ruled.Refused refused) {
            serving.refuse(refused.refusal());
            return Verdict.TAKE;
        }
        return Verdict.STOP;
    }

    /** Cancels or ends another session of the same user: what waits here is withdrawn, what runs is the server's to end. */
    private Verdict kill(Kill kill) {
        Serving found = serving.connection.protocol.connections.find(kill.number(), upstream());
        if (found == null) {
            serving.refuse(new Err(NO_SUCH_THREAD, "HY000", "Unknown thread id: " + kill.number()));
        } else if (!found.session
                        .subject()
                        .name()
                        .equals(serving.session.subject().name())
                || !found.session.upstream().name().equals(upstream().name())) {
            serving.refuse(new Err(NOT_OWNER, "HY000", "You are not owner of thread " + kill.number()));
        } else {
            serving.occupy();
            found.loop()
                    .execute(() -> found.connection.guard(() -> {
                        boolean withdrawn = found.withdraw(Checkpoint.CANCELLED) && kill.query();
                        serving.loop().execute(() -> serving.connection.guard(() -> killed(kill, found, withdrawn)));
                    }));
        }
        return Verdict.TAKE;
    }

    private void killed(Kill kill, Serving found, boolean withdrawn) {
        if (withdrawn) {
            serving.succeed();
            serving.vacate();
        } else {
            serving.vacate();
            serving.command(Commands.QUERY, kill.text(found.serverNumber()).getBytes(StandardCharsets.US_ASCII));
            serving.expect(new Reply.Done(Effect.NOTHING, null));
        }
    }

    /** Shows the command that waited again, unless there is none. */
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

    /** Stops reading from a client that has sent a good deal behind a command that waits. */
    void limitStash() {
        waiting.limitStash();
    }
}
