package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.masking.MaskPlan;
import dev.gatehouse.firewall.masking.Masking.Notice;
import dev.gatehouse.firewall.masking.Masking.ResultMismatch;
import dev.gatehouse.firewall.masking.ResultColumn;
import dev.gatehouse.firewall.statement.Catalog;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Output;
import dev.gatehouse.wire.postgres.message.Body;
import dev.gatehouse.wire.postgres.message.Frame;
import dev.gatehouse.wire.postgres.message.ProtocolViolation;
import dev.gatehouse.wire.postgres.message.RowDescription;
import dev.gatehouse.wire.postgres.value.Forms;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What becomes of the rows that come: they pass, or are rewritten by the plan in force. Lives on the session's loop. */
final class Rows {

    /** Rewritten rows of this size leave even before the read turn ends. */
    private static final int MAX_BATCH_BYTES = 256 << 10;

    private static final int MIN_BATCH_BYTES = 4096;

    private final Serving serving;
    private final Tags tags;
    /** Whether anything may be masked in results. */
    private final boolean read;
    /** Rewritten rows that have not left yet. */
    private @Nullable ByteBuf batch;
    /** The plan in force; null where rows pass, or where none may come. */
    private @Nullable MaskPlan plan;
    /** What the plan in force is for. */
    private @Nullable RowDescription masked;
    /** Whether the client need not be told of masks, as it knows, or is not to be told. */
    private boolean told;

    Rows(Serving serving, Tags tags) {
        this.serving = serving;
        this.tags = tags;
        this.read = serving.connection.protocol.masking.readsResults(serving.session);
        this.told = serving.connection.protocol.masking.notice() == Notice.NEVER;
    }

    /** Whether results are read, so that their columns must be known. */
    boolean areRead() {
        return read;
    }

    /** Prepares for the answer that comes next. */
    void arrive(@Nullable Reply next) {
        if (next instanceof Reply.Executed executed) {
            RowDescription described = executed.portal().prepared.columns;
            if (read && described == null) {
                want(null);
            } else {
                describe(executed.portal(), described);
            }
        } else if (next instanceof Reply.Asked || next instanceof Reply.Limited) {
            want(null);
        } else {
            letPass();
        }
    }

    /** Makes the plan for a result that the server has described. */
    void describe(Portal portal, @Nullable RowDescription described) {
        MaskPlan next = read && described != null ? masks(portal, described) : MaskPlan.empty();
        portal.plan = next;
        if (next.isEmpty()) {
            letPass();
        } else {
            masked = described;
            told &= serving.connection.protocol.masking.notice() != Notice.ALWAYS;
            want(next);
        }
    }

    void letPass() {
        plan = null;
        tags.want('D', false);
    }

    private void want(@Nullable MaskPlan next) {
        plan = next;
        tags.want('D', true);
    }

    private MaskPlan masks(Portal portal, RowDescription described) {
        Catalog catalog = serving.connection.protocol.catalogs.catalog(
                serving.session.upstream().name(), serving.session.database());
        List<ResultColumn> columns = new ArrayList<>(described.fields().size());
        for (int i = 0; i < described.fields().size(); i++) {
            RowDescription.Field field = described.fields().get(i);
            boolean traced = field.table() != 0;
            columns.add(new ResultColumn(
                    field.name(),
                    Forms.of(field.type(), portal.isBinary(i, field.binary())),
                    Forms.prose(field.type(), portal.isBinary(i, field.binary())),
                    traced,
                    traced ? catalog.origins(field.table(), field.attribute()) : null));
        }
        List<Command> commands = portal.commands();
        Optional<List<Output>> byText =
                portal.command < commands.size() ? commands.get(portal.command).output() : Optional.empty();
        try {
            MaskPlan plan = serving.connection.protocol.masking.plan(serving.session, byText, columns);
            return plan.isEmpty() ? plan : within(plan, portal, described);
        } catch (ResultMismatch e) {
            throw new ProtocolViolation("a result that is not what its statement says");
        }
    }

    /** The plan for the values as they come: what is looked for may stand in an array's elements. */
    private static MaskPlan within(MaskPlan plan, Portal portal, RowDescription described) {
        List<@Nullable Mask> masks = new ArrayList<>(plan.width());
        for (int i = 0; i < plan.width(); i++) {
            Mask mask = plan.mask(i);
            RowDescription.Field field = described.fields().get(i);
            masks.add(mask == null ? null : Forms.within(field.type(), portal.isBinary(i, field.binary()), mask));
        }
        return MaskPlan.of(masks);
    }

    /** Takes in one row that somebody wants to see. */
    Frames.Verdict row(ByteBuf bytes, int index, int length) {
        if (serving.replies.next() instanceof Reply.Asked) {
            serving.answered(new Body(bytes, index + Frame.HEADER, index + length));
            return Frames.Verdict.TAKE;
        }
        if (serving.replies.next() instanceof Reply.Limited limited) {
            limited.question().row(new Body(bytes, index + Frame.HEADER, index + length));
            return Frames.Verdict.TAKE;
        }
        MaskPlan known = plan;
        if (known == null) {
            throw new ProtocolViolation("rows that were not described");
        }
        ByteBuf out = batch;
        if (out == null) {
            serving.serverFrames.flush();
            tell(known);
            out = serving.connection.relay.allocator().buffer(Math.max(length, MIN_BATCH_BYTES));
            batch = out;
        }
        DataRows.rewrite(known, bytes, index, length, out);
        if (out.readableBytes() >= MAX_BATCH_BYTES) {
            flush();
        }
        return Frames.Verdict.TAKE;
    }

    /** Tells the client that values are masked, if it is to know. */
    private void tell(MaskPlan known) {
        RowDescription columns = masked;
        if (!told && columns != null && known.replaces()) {
            told = true;
            List<String> names =
                    columns.fields().stream().map(RowDescription.Field::name).toList();
            serving.connection.toClient(Refusals.masked(names, known));
        }
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
