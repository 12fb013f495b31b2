package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.masking.MaskPlan;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Parameter;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.firewall.statement.Statement;
import dev.gatehouse.wire.postgres.message.Bind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement about to run or running: the text of a simple query, or a prepared statement with its parameters bound.
 * Lives on the session's loop.
 */
final class Portal implements Statement {

    private static final byte[] NOTHING = new byte[0];

    final String name;
    /** The prepared statement; for a simple query one that the server does not know by this name. */
    final Prepared prepared;

    private final Analysis analysis;
    private final Scope scope;
    private final @Nullable Bind bind;
    private final Transaction transaction;

    long decision;
    /** Which command of the text the next result belongs to. */
    int command;
    /** How this result's rows are rewritten; null until the server has described it. */
    @Nullable
    MaskPlan plan;

    /** Makes a portal of a statement as it is understood now. */
    Portal(String name, Prepared prepared, @Nullable Bind bind, Transaction transaction) {
        this.name = name;
        this.prepared = prepared;
        this.analysis = prepared.analysis;
        this.scope = prepared.scope;
        this.bind = bind;
        this.transaction = transaction;
    }

    Analysis analysis() {
        return analysis;
    }

    /** Whether the text still means what it meant when the portal was made. */
    boolean isStill(Analysis now, Scope nowScope) {
        return scope.equals(nowScope) && analysis.equals(now);
    }

    /** The commands of the text; empty when it was not understood and policy let it through all the same. */
    List<Command> commands() {
        return analysis.match(Analysis.Understood::commands, opaque -> List.of());
    }

    @Override
    public byte[] sql() {
        return prepared.sql;
    }

    @Override
    public int length() {
        return prepared.sql.length;
    }

    @Override
    public List<Parameter> parameters() {
        return bind == null ? List.of() : bind.parameters(prepared.types);
    }

    @Override
    public byte[] binding() {
        return bind == null ? NOTHING : bind.binding();
    }

    @Override
    public Scope scope() {
        return scope;
    }

    @Override
    public Transaction transaction() {
        return transaction;
    }
}
