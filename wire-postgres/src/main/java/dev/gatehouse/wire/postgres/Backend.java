package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.masking.MaskPlan;
import dev.gatehouse.firewall.masking.Masking.ResultMismatch;
import dev.gatehouse.firewall.masking.ResultColumn;
import dev.gatehouse.firewall.statement.Catalog;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Output;
import dev.gatehouse.wire.postgres.Frames.Verdict;
import dev.gatehouse.wire.postgres.message.Body;
import dev.gatehouse.wire.postgres.message.Frame;
import dev.gatehouse.wire.postgres.message.ProtocolViolation;
import dev.gatehouse.wire.postgres.message.Report;
import dev.gatehouse.wire.postgres.message.RowDescription;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the server answers, knows which statement each answer belongs to, and rewrites the rows that a plan is in
 * force for.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html">Message Flow</a>
 */
final class Backend implements Frames.Reader {

    /** Rewritten rows of this size leave even before the read turn ends. */
    private static final int MAX_BATCH_BYTES = 256 << 10;

    final Tags tags = Tags.backend();
    private final Serving serving;
    /** Rewritten rows that have not left yet. */
    private @Nullable ByteBuf rows;
    /** The plan in force for the rows that come; null where rows pass or none are due. */
    private @Nullable MaskPlan plan;

    Backend(Serving serving) {
        this.serving = serving;
    }

    @Override
    public Verdict frame(byte tag, ByteBuf bytes, int index, int length) {
        if (tag == DataRows.TAG) {
            return row(bytes, index, length);
        }
        flush();
        Body body = new Body(bytes, index + Frame.HEADER, index + length);
        switch (tag) {
            case '1' -> {
                end(Reply.Parsed.class);
                return Verdict.PASS;
            }
            case '2' -> {
                end(Reply.Bound.class);
                return Verdict.PASS;
            }
            case '3' -> {
                end(Reply.Closed.class);
                return Verdict.PASS;
            }
            case 't' -> {
                return parameterTypes(body);
            }
            case RowDescription.TAG -> {
                return columns(RowDescription.read(body));
            }
            case 'n' -> {
                return end(Reply.Described.class).swallowed() ? Verdict.TAKE : Verdict.PASS;
            }
            case 'C', 'I' -> {
                return complete(bytes, index + Frame.HEADER, index + length);
            }
            case 's' -> {
                end(Reply.Executed.class);
                return Verdict.PASS;
            }
            case 'Z' -> {
                return ready(body.int8());
            }
            case Report.ERROR -> {
                return error(Report.read(Report.ERROR, body));
            }
            case Report.NOTICE -> {
                return notice(Report.read(Report.NOTICE, body));
            }
            case 'S' -> {
                serving.parameters.report(body.string(), body.string());
                return serving.replies.peek() instanceof Reply.Asked ? Verdict.TAKE : Verdict.PASS;
            }
            case 'G' -> {
                serving.copyIn.begun();
                return Verdict.PASS;
            }
            case 'A', 'H' -> {
                return Verdict.PASS;
            }
            default -> throw new ProtocolViolation("message '" + (char) tag + "' from the server in a session");
        }
    }

    private Verdict row(ByteBuf bytes, int index, int length) {
        Reply head = serving.replies.peek();
        if (head instanceof Reply.Asked) {
            Body body = new Body(bytes, index + Frame.HEADER, index + length);
            body.int16();
            serving.parameters.answer(new String(body.bytes(body.int32()), StandardCharsets.UTF_8));
            return Verdict.TAKE;
        }
        MaskPlan known = plan;
        if (known == null) {
            throw new ProtocolViolation("rows that were not described");
        }
        ByteBuf out = rows;
        if (out == null) {
            serving.serverFrames.flush();
            out = serving.connection.relay.allocator().buffer(Math.max(length, 4096));
            rows = out;
        }
        DataRows.rewrite(known, bytes, index, length, out);
        if (out.readableBytes() >= MAX_BATCH_BYTES) {
            flush();
        }
        return Verdict.TAKE;
    }

    /** Lets rewritten rows leave. */
    void flush() {
        ByteBuf out = rows;
        if (out != null) {
            rows = null;
            serving.connection.toClient(out);
        }
    }

    void release() {
        if (rows != null) {
            rows.release();
            rows = null;
        }
    }

    /** Prepares for the answer that comes next. */
    void arrive(@Nullable Reply head) {
        if (head instanceof Reply.Executed executed) {
            RowDescription described = executed.portal().prepared.columns;
            if (serving.masked && described == null) {
                wantRows(null);
            } else {
                plan(executed.portal(), described);
            }
        } else if (head instanceof Reply.Asked) {
            wantRows(null);
        } else {
            letRowsPass();
        }
    }

    private void wantRows(@Nullable MaskPlan next) {
        plan = next;
        tags.want('D', true);
    }

    private void letRowsPass() {
        plan = null;
        tags.want('D', false);
    }

    private void plan(Portal portal, @Nullable RowDescription described) {
        MaskPlan next = MaskPlan.empty();
        if (serving.masked && described != null) {
            next = masks(portal, described);
        }
        portal.plan = next;
        if (next.isEmpty()) {
            letRowsPass();
        } else {
            wantRows(next);
        }
    }

    private MaskPlan masks(Portal portal, RowDescription described) {
        Catalog catalog = serving.connection.protocol.catalogs.catalog(
                serving.session.upstream().name(), serving.session.database());
        List<ResultColumn> columns = new ArrayList<>(described.fields().size());
        for (RowDescription.Field field : described.fields()) {
            boolean traced = field.table() != 0;
            columns.add(new ResultColumn(
                    field.name(),
                    field.isText(),
                    traced,
                    traced ? catalog.origins(field.table(), field.attribute()) : null));
        }
        List<Command> commands = portal.commands();
        Optional<List<Output>> byText =
                portal.command < commands.size() ? commands.get(portal.command).output() : Optional.empty();
        try {
            return serving.connection.protocol.masking.plan(serving.session, byText, columns);
        } catch (ResultMismatch e) {
            throw new ProtocolViolation("a result that is not what its statement says");
        }
    }

    private Verdict parameterTypes(Body body) {
        if (!(serving.replies.peek() instanceof Reply.Described described)) {
            throw new ProtocolViolation("a ParameterDescription nobody asked for");
        }
        int[] types = new int[body.count(Integer.BYTES)];
        for (int i = 0; i < types.length; i++) {
            types[i] = body.int32();
        }
        described.prepared().types = types;
        return described.swallowed() ? Verdict.TAKE : Verdict.PASS;
    }

    private Verdict columns(RowDescription columns) {
        Reply head = serving.replies.peek();
        if (head instanceof Reply.Described described) {
            described.prepared().columns = columns;
            end(Reply.Described.class);
            return described.swallowed() ? Verdict.TAKE : Verdict.PASS;
        }
        if (head instanceof Reply.Queried queried) {
            plan(queried.portal(), columns);
            return Verdict.PASS;
        }
        if (head instanceof Reply.Asked) {
            return Verdict.TAKE;
        }
        throw new ProtocolViolation("a RowDescription nobody asked for");
    }

    private Verdict complete(ByteBuf bytes, int from, int end) {
        Reply head = serving.replies.peek();
        if (head instanceof Reply.Asked) {
            return Verdict.TAKE;
        }
        Portal portal;
        if (head instanceof Reply.Queried queried) {
            portal = queried.portal();
        } else if (head instanceof Reply.Executed executed) {
            portal = executed.portal();
        } else {
            throw new ProtocolViolation("the end of a command nobody sent");
        }
        MaskPlan used = portal.plan;
        int tag = Math.max(0, end - from - 1);
        if (used == null || used.isEmpty()) {
            serving.connection.recorder.answered(serving.session.number(), portal.decision, bytes, from, tag);
        } else {
            answered(portal, bytes.toString(from, tag, StandardCharsets.UTF_8), false);
        }
        changedCatalog(portal);
        portal.plan = null;
        portal.command++;
        if (head instanceof Reply.Executed) {
            end(Reply.Executed.class);
            serving.copyIn.ended(portal);
        } else {
            letRowsPass();
        }
        return Verdict.PASS;
    }

    private void changedCatalog(Portal portal) {
        List<Command> commands = portal.commands();
        if (portal.command < commands.size()
                && commands.get(portal.command).changes().contains(Command.Change.CATALOG)) {
            serving.connection.protocol.catalogs.changed(
                    serving.session.upstream().name(), serving.session.database());
        }
    }

    private void answered(Portal portal, String result, boolean failed) {
        List<String> masks = new ArrayList<>();
        MaskPlan used = portal.plan;
        for (int i = 0; used != null && i < used.width(); i++) {
            Mask mask = used.mask(i);
            if (mask != null && !masks.contains(mask.id())) {
                masks.add(mask.id());
            }
        }
        serving.connection.recorder.record(
                new Event.Answered(serving.session.number(), portal.decision, result, failed, masks));
    }

    private Verdict ready(byte status) {
        Reply head = serving.replies.peek();
        if (head == null || head.isExtended()) {
            throw new ProtocolViolation("a ReadyForQuery nobody waits for");
        }
        boolean asked = head instanceof Reply.Asked;
        end(Reply.class);
        if (asked) {
            serving.loop().execute(serving::resumeClient);
            return Verdict.TAKE;
        }
        serving.ready(status);
        serving.askIfNeeded();
        return Verdict.PASS;
    }

    private Verdict error(Report report) {
        Reply head = serving.replies.peek();
        Report shown = report;
        boolean quiet = false;
        if (head instanceof Reply.Refused refused) {
            shown = refused.answer();
            quiet = true;
        } else {
            Portal portal = portal(head);
            if (portal != null) {
                quiet = serving.isSensitive(portal.analysis());
                answered(portal, report.field('C') + " " + (quiet ? "" : report.field('M')), true);
            } else if (head instanceof Reply.Parsed parsed) {
                quiet = serving.isSensitive(parsed.prepared().analysis);
            }
            shown = quiet ? Refusals.withoutValues(report) : report;
        }
        if (head instanceof Reply.Asked) {
            return Verdict.TAKE;
        }
        if (quiet) {
            serving.serverFrames.flush();
            serving.connection.toClient(shown);
        }
        letRowsPass();
        if (head != null && head.isExtended()) {
            skipToSync();
        }
        return quiet ? Verdict.TAKE : Verdict.PASS;
    }

    private Verdict notice(Report report) {
        Portal portal = portal(serving.replies.peek());
        if (portal == null || !serving.isSensitive(portal.analysis())) {
            return Verdict.PASS;
        }
        serving.serverFrames.flush();
        serving.connection.toClient(Refusals.withoutValues(report));
        return Verdict.TAKE;
    }

    private static @Nullable Portal portal(@Nullable Reply head) {
        if (head instanceof Reply.Queried queried) {
            return queried.portal();
        }
        if (head instanceof Reply.Executed executed) {
            return executed.portal();
        }
        return head instanceof Reply.Bound bound ? bound.portal() : null;
    }

    /** Drops what the server skips after an error, simple queries too, and undoes what was noted for it ahead of time. */
    private void skipToSync() {
        for (Reply reply = serving.replies.peek();
                reply != null && !(reply instanceof Reply.Synced);
                reply = serving.replies.peek()) {
            serving.replies.remove();
            if (reply instanceof Reply.Parsed parsed) {
                Prepared failed = parsed.prepared();
                if (serving.statements.remove(failed.name, failed)
                        && failed.previous != null
                        && !failed.name.isEmpty()) {
                    serving.statements.put(failed.name, failed.previous);
                }
            } else if (reply instanceof Reply.Bound bound) {
                serving.portals.remove(bound.portal().name, bound.portal());
            } else if (reply instanceof Reply.Described described) {
                described.prepared().describing = described.prepared().columns != null;
            } else if (reply instanceof Reply.Closed closed) {
                if (closed.prepared() != null) {
                    serving.statements.putIfAbsent(closed.prepared().name, closed.prepared());
                }
                if (closed.portal() != null) {
                    serving.portals.putIfAbsent(closed.portal().name, closed.portal());
                }
            }
        }
        if (serving.replies.isEmpty()) {
            serving.skipToSync();
        }
        arrive(serving.replies.peek());
    }

    /** Takes the oldest answer due off the queue, which must be of this kind. */
    private <R extends Reply> R end(Class<R> kind) {
        Reply head = serving.replies.peek();
        if (!kind.isInstance(head)) {
            throw new ProtocolViolation("an answer of kind " + kind.getSimpleName() + " nobody waits for");
        }
        serving.replies.remove();
        arrive(serving.replies.peek());
        return kind.cast(head);
    }
}
