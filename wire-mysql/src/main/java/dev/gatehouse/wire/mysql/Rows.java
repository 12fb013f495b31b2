package dev.gatehouse.wire.mysql;

import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.masking.MaskPlan;
import dev.gatehouse.firewall.masking.Masking.ResultMismatch;
import dev.gatehouse.firewall.masking.ResultColumn;
import dev.gatehouse.firewall.statement.Catalog;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Output;
import dev.gatehouse.wire.mysql.message.Packet;
import dev.gatehouse.wire.mysql.message.ProtocolViolation;
import dev.gatehouse.wire.mysql.result.BinaryRows;
import dev.gatehouse.wire.mysql.result.ColumnDefinition;
import dev.gatehouse.wire.mysql.result.LongPacket;
import dev.gatehouse.wire.mysql.result.TextRows;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What becomes of the columns and rows that come: they pass, or are rewritten by the plan in force. */
final class Rows {

    /** Rewritten rows of this size leave even before the read turn ends. */
    private static final int MAX_BATCH_BYTES = 256 << 10;

    private static final int MIN_BATCH_BYTES = 4096;

    private final Serving serving;
    /** Whether anything may be masked in results. */
    private final boolean read;

    private final List<ColumnDefinition> columns = new ArrayList<>();
    /** Rewritten rows that have not left yet. */
    private @Nullable ByteBuf batch;

    private MaskPlan plan = MaskPlan.empty();
    private @Nullable BinaryRows binary;

    Rows(Serving serving) {
        this.serving = serving;
        this.read = serving.connection.protocol.masking.readsResults(serving.session);
    }

    /** Whether results are read, so that their columns must be known. */
    boolean areRead() {
        return read;
    }

    /** A result begins. */
    void begin() {
        columns.clear();
        plan = MaskPlan.empty();
    }

    /** Takes in a column's definition, which is written when all are known. */
    void column(ByteBuf bytes, int index, int length) {
        columns.add(ColumnDefinition.read(
                bytes, index, length, serving.agreement.extendedMetadata(), serving.variables.names()));
    }

    /** A result of a statement begins; answers whether its columns are to be read. */
    boolean begin(Reply.Results results) {
        begin();
        return read
                || lists(results)
                || Credentials.mayBeToldBy(results.execution().current());
    }

    private static boolean lists(Reply.Results results) {
        return !results.binary() && Processes.isQuestion(results.execution().sql());
    }

    /** Makes the plan for a result whose columns are all known, and tells the client of them. */
    void described(Reply.Results results) {
        Execution execution = results.execution();
        binary = results.binary() ? new BinaryRows(columns) : null;
        execution.binary = binary;
        if (lists(results)) {
            list(execution);
            return;
        }
        boolean withheld = serving.tellsValues() && Diagnostics.isQuestion(execution.sql());
        plan = withheld ? withheld(columns.size()) : masks(execution, results.binary());
        if (Credentials.mayBeToldBy(execution.current())) {
            plan = Credentials.in(plan, columns.size());
        }
        execution.plan = plan;
        tell(plan);
    }

    private void list(Execution execution) {
        plan = new Processes(serving.connection.protocol.connections, serving.session.upstream())
                .plan(columns.size(), serving.masked);
        execution.plan = serving.masked ? plan : null;
        tell(MaskPlan.empty());
    }

    /** Tells the client of the columns that a statement will have once it is executed, all of which are known. */
    void foretold(Execution probe) {
        tell(masks(probe, true));
    }

    private void tell(MaskPlan plan) {
        serving.serverPackets.flush();
        ByteBuf out = serving.allocate();
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).write(out, serving.connection.clientNumbers.take(), plan.isEmpty() ? null : plan.mask(i));
        }
        serving.connection.toClient(out);
        columns.clear();
    }

    private MaskPlan masks(Execution execution, boolean binaryRows) {
        Catalog catalog = serving.connection.protocol.catalogs.catalog(
                serving.session.upstream().name(), serving.session.database());
        Command command = execution.current();
        boolean shown = command != null && (command.verb() == Kind.SHOW || command.verb() == Kind.DESCRIBE);
        List<ResultColumn> witnesses = columns.stream()
                .map(column -> column.witness(catalog, binaryRows, shown))
                .toList();
        Optional<List<Output>> byText = command == null ? Optional.empty() : command.output();
        try {
            return serving.connection.protocol.masking.plan(serving.session, byText, witnesses);
        } catch (ResultMismatch e) {
            throw new ProtocolViolation("a result that is not what its statement says");
        }
    }

    /** The last column of what tells of a statement's errors may quote its values. */
    private static MaskPlan withheld(int width) {
        List<@Nullable Mask> masks = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            masks.add(i == width - 1 ? Withheld.INSTANCE : null);
        }
        return MaskPlan.of(masks);
    }

    /** Rows of a cursor come that an execution has left. */
    void fetch(Execution execution) {
        MaskPlan kept = execution.plan;
        plan = kept == null ? MaskPlan.empty() : kept;
        binary = execution.binary;
    }

    /** Whether rows are rewritten. */
    boolean areRewritten() {
        return !plan.isEmpty();
    }

    /** Rewrites one row. */
    void row(ByteBuf bytes, int index, int length) {
        ByteBuf out = batch;
        if (out == null) {
            serving.serverPackets.flush();
            out = serving.connection.relay.allocator().buffer(Math.max(length, MIN_BATCH_BYTES));
            batch = out;
        }
        int number = serving.connection.clientNumbers.take();
        int start = Packet.begin(out, number);
        if (binary != null) {
            binary.rewrite(plan, bytes, index, length, out);
        } else {
            TextRows.rewrite(plan, bytes, index, length, out);
        }
        for (int more = LongPacket.end(out, start, number); more > 1; more--) {
            serving.connection.clientNumbers.take();
        }
        if (out.readableBytes() >= MAX_BATCH_BYTES) {
            flush();
        }
    }

    /** Rows have ended. */
    void end() {
        flush();
        plan = MaskPlan.empty();
    }

    /** Lets rewritten rows leave. */
    void flush() {
        ByteBuf out = batch;
        if (out != null) {
            batch = null;
            serving.connection.toClient(out);
        }
    }

    void release() {
        if (batch != null) {
            batch.release();
            batch = null;
        }
    }
}
