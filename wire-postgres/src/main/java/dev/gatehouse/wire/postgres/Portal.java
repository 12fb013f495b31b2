package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.masking.MaskPlan;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Parameter;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.firewall.statement.Statement;
import dev.gatehouse.wire.postgres.Resolution.Resolved;
import dev.gatehouse.wire.postgres.message.Bind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A statement about to run or running: the text of a simple query, or a prepared statement with its parameters bound. A
 * cursor of SQL's is one too. Lives on the session's loop.
 */
final class Portal implements Statement {

    private static final byte[] NOTHING = new byte[0];
    private static final Set<Kind> ENDS = EnumSet.of(Kind.COMMIT, Kind.ROLLBACK);
    private static final Set<Kind> PLANNED = EnumSet.of(Kind.SELECT, Kind.INSERT, Kind.UPDATE, Kind.DELETE, Kind.MERGE);

    final String name;
    /** The prepared statement; for a simple query or a cursor one that the server does not know by this name. */
    final Prepared prepared;
    /** Whether it outlives its transaction. */
    final boolean held;
    /** How often unknown code had run when it was made. */
    final int doubts;

    private final Resolved resolved;
    private final Scope scope;
    private final @Nullable Bind bind;
    private final Transaction transaction;

    long decision;
    /**
     * How many statements had run when this one was approved or has run itself, where it is certain only while its session runs
     * no other; negative where that does not matter.
     */
    long runsBefore = -1;
    /** How long it may wait for people. */
    Optional<Duration> patience = Optional.empty();
    /** What its values are written in. */
    String encoding = Parameters.UTF8;
    /** Which command of the text the next result belongs to. */
    int command;
    /** How this result's rows are rewritten; null until the server has described it. */
    @Nullable
    MaskPlan plan;

    private Portal(
            String name,
            Prepared prepared,
            Resolved resolved,
            Scope scope,
            @Nullable Bind bind,
            Transaction transaction,
            boolean held,
            int doubts) {
        this.name = name;
        this.prepared = prepared;
        this.resolved = resolved;
        this.scope = scope;
        this.bind = bind;
        this.transaction = transaction;
        this.held = held;
        this.doubts = doubts;
    }

    /**
     * The text of a simple query, or one that is to be prepared.
     *
     * @param arguments its parameters, where it stands for a function call
     */
    static Portal ofText(
            Prepared text, Resolved resolved, Scope scope, @Nullable Bind arguments, Transaction transaction) {
        return new Portal("", text, resolved, scope, arguments, transaction, false, 0);
    }

    /** A prepared statement with its parameters, as it is understood now. */
    static Portal bound(
            Bind bind, Prepared prepared, Resolved resolved, Scope scope, Transaction transaction, int doubts) {
        return new Portal(
                bind.portal(), prepared, resolved, scope, bind, transaction, endsTransaction(resolved), doubts);
    }

    /** Whether it ends the transaction it is run in, and so is still running when other portals are dropped. */
    private static boolean endsTransaction(Resolved resolved) {
        return resolved.analysis() instanceof Analysis.Understood understood
                && understood.commands().size() == 1
                && ENDS.contains(understood.commands().get(0).verb());
    }

    /** A cursor that this statement declares. */
    Portal cursor(String cursor, Command query, boolean heldBeyond, int doubtsNow) {
        Analysis analysis = new Analysis.Understood(List.of(query));
        Prepared text = Prepared.unnamed(prepared.sql, prepared.modes);
        Portal made =
                new Portal(cursor, text, Resolved.plain(analysis), scope, bind, transaction, heldBeyond, doubtsNow);
        made.decision = decision;
        return made;
    }

    /** What it means, with what the names in it stand for. */
    Analysis analysis() {
        return resolved.analysis();
    }

    Resolved resolved() {
        return resolved;
    }

    /** Whether the text still means what it meant when the portal was made. */
    boolean isStill(Resolved now, Scope nowScope) {
        return scope.equals(nowScope) && resolved.analysis().equals(now.analysis());
    }

    /**
     * Whether the server finds out what its names stand for only when it runs: those of the session's, and those in all
     * commands that are not planned when they are bound.
     */
    boolean isReadWhenRun() {
        return resolved.hasNames()
                || commands().stream().anyMatch(command -> !PLANNED.contains(command.verb()) && usesNames(command));
    }

    /** Whether it is done when it has run, and runs nothing that was sent before it. */
    boolean standsAlone() {
        return analysis()
                .match(
                        known -> known.commands().stream().allMatch(command -> PLANNED.contains(command.verb())),
                        opaque -> false);
    }

    private static boolean usesNames(Command command) {
        return !command.effects().isEmpty() || !command.complete();
    }

    /** The commands of the text; empty when it was not understood and policy let it through all the same. */
    List<Command> commands() {
        return analysis().match(Analysis.Understood::commands, opaque -> List.of());
    }

    /** Whether it runs code that nobody has read, which may do something with the session's names. */
    boolean runsUnknownCode() {
        return analysis().match(known -> !known.commands().stream().allMatch(Command::complete), opaque -> true);
    }

    @Override
    public byte[] sql() {
        return resolved.shown(prepared.sql);
    }

    @Override
    public int length() {
        return sql().length;
    }

    @Override
    public List<Parameter> parameters() {
        return bind == null ? List.of() : bind.parameters(prepared.types, encoding.equals(Parameters.UTF8));
    }

    /**
     * Whether a column of its result comes in binary.
     *
     * @param described what the server said of it, which it does not know before the portal is bound
     */
    boolean isBinary(int column, boolean described) {
        return bind == null ? described : bind.isBinary(column);
    }

    @Override
    public byte[] binding() {
        if (bind == null) {
            return NOTHING;
        }
        // Other bytes mean the same only in the same encoding; nothing stands there for the usual one.
        byte[] written = encoding.equals(Parameters.UTF8) ? NOTHING : encoding.getBytes(StandardCharsets.UTF_8);
        ByteBuffer all = ByteBuffer.allocate(
                Integer.BYTES * (1 + prepared.types.length) + bind.binding().length + written.length);
        all.putInt(prepared.types.length);
        IntStream.of(prepared.types).forEach(all::putInt);
        return all.put(bind.binding()).put(written).array();
    }

    @Override
    public int boundBytes() {
        return bind == null ? 0 : bind.valueBytes();
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
