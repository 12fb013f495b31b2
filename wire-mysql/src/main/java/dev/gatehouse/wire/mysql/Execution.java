package dev.gatehouse.wire.mysql;

import dev.gatehouse.firewall.masking.MaskPlan;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Parameter;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.firewall.statement.Statement;
import dev.gatehouse.wire.mysql.prepared.Binding;
import dev.gatehouse.wire.mysql.result.BinaryRows;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A statement about to run or running: the text of a COM_QUERY, or a prepared statement with its parameters bound. Lives on
 * the session's loop.
 */
final class Execution implements Statement {

    private final byte[] sql;
    private final Analysis analysis;
    private final Scope scope;
    private final Binding binding;
    private final Transaction transaction;

    /** The text as it may be read again, where it names statements; null for none that does, or that nobody can read again. */
    @Nullable
    Prepared naming;

    long decision;
    /** What its values are written in; empty for UTF-8. */
    String characterSet = "";
    /** How long it may wait for people. */
    Optional<Duration> patience = Optional.empty();
    /** Which command of the text the next result belongs to. */
    int command;
    /** How this result's rows are rewritten; null until the server has described it. */
    @Nullable
    MaskPlan plan;
    /** Whether the client wants its rows to wait in a cursor; servers tell of a cursor within a procedure alike. */
    boolean wantsCursor;
    /** How this result's rows are laid out, where they are those of a prepared statement. */
    @Nullable
    BinaryRows binary;

    /** @param sql in UTF-8 where it could be read so; lent until the statement is over */
    Execution(byte[] sql, Analysis analysis, Scope scope, Binding binding, Transaction transaction) {
        this.sql = sql;
        this.analysis = analysis;
        this.scope = scope;
        this.binding = binding;
        this.transaction = transaction;
    }

    /** What it means. */
    Analysis analysis() {
        return analysis;
    }

    /** Whether the text still means what it meant when this was made. */
    boolean isStill(Analysis now, Scope nowScope) {
        return scope.equals(nowScope) && analysis.equals(now);
    }

    /** The commands of the text; empty when it was not understood and policy let it through all the same. */
    List<Command> commands() {
        return analysis.match(Analysis.Understood::commands, opaque -> List.of());
    }

    /** The command whose result comes next; null where that is not known. */
    @Nullable
    Command current() {
        List<Command> commands = commands();
        return command < commands.size() ? commands.get(command) : null;
    }

    /** Whether the server may ask the client for a file. */
    boolean mayAskForFile() {
        Command now = current();
        return now != null && now.kinds().contains(Kind.LOAD_DATA_LOCAL);
    }

    @Override
    public byte[] sql() {
        return sql;
    }

    @Override
    public int length() {
        return sql.length;
    }

    @Override
    public List<Parameter> parameters() {
        return binding.parameters();
    }

    @Override
    public byte[] binding() {
        byte[] values = binding.bytes();
        if (values.length == 0 || characterSet.isEmpty()) {
            return values;
        }
        byte[] written = characterSet.getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(values, values.length + written.length);
        System.arraycopy(written, 0, all, values.length, written.length);
        return all;
    }

    @Override
    public int boundBytes() {
        return binding.bytes().length;
    }

    @Override
    public Scope scope() {
        return scope;
    }

    @Override
    public Transaction transaction() {
        return transaction;
    }

    @Override
    public Optional<Duration> patience() {
        return patience;
    }
}
