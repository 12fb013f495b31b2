package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.masking.MaskPlan;
import dev.gatehouse.wire.postgres.Frames.Verdict;
import dev.gatehouse.wire.postgres.Names.Step;
import dev.gatehouse.wire.postgres.message.Body;
import dev.gatehouse.wire.postgres.message.Frame;
import dev.gatehouse.wire.postgres.message.ProtocolViolation;
import dev.gatehouse.wire.postgres.message.Report;
import dev.gatehouse.wire.postgres.message.RowDescription;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the server answers, knows which statement each answer belongs to, and rewrites the rows that a plan is in
 * force for.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html">Message Flow</a>
 */
final class Backend implements Frames.Reader {

    private static final String NOT_RUN = " not run: a message before it failed, and the server skips all up to Sync";
    private static final String COMMIT = "COMMIT";

    private final Serving serving;
    private final Rows rows;

    Backend(Serving serving, Rows rows) {
        this.serving = serving;
        this.rows = rows;
    }

    @Override
    public Verdict frame(byte tag, ByteBuf bytes, int index, int length) {
        if (tag == DataRows.TAG) {
            return rows.row(bytes, index, length);
        }
        rows.flush();
        Body body = new Body(bytes, index + Frame.HEADER, index + length);
        if (serving.replies.next() instanceof Reply.Limited limited
                && limited.question().expects(tag)) {
            return limits(limited.question(), tag);
        }
        switch (tag) {
            case '1' -> {
                Reply.Parsed parsed = serving.replies.end(Reply.Parsed.class);
                serving.names.confirm(serving.names.statements, parsed.change());
                return parsed.swallowed() ? Verdict.TAKE : Verdict.PASS;
            }
            case '2' -> {
                serving.names.confirm(
                        serving.names.portals,
                        serving.replies.end(Reply.Bound.class).change());
                return Verdict.PASS;
            }
            case '3' -> {
                return closed();
            }
            case 't' -> {
                return parameterTypes(body);
            }
            case RowDescription.TAG -> {
                return columns(rows.areRead() ? RowDescription.read(body) : null);
            }
            case 'n' -> {
                return serving.replies.end(Reply.Described.class).swallowed() ? Verdict.TAKE : Verdict.PASS;
            }
            case 'C', 'I' -> {
                return complete(bytes, index + Frame.HEADER, index + length);
            }
            case 'V' -> {
                return called();
            }
            case 's' -> {
                serving.replies.end(Reply.Executed.class);
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
                return serving.replies.next() instanceof Reply.Asked ? Verdict.TAKE : Verdict.PASS;
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

    private Verdict limits(HoldQuestion question, byte tag) {
        if (question.isAnsweredBy(tag)) {
            serving.replies.end(Reply.Limited.class);
            question.answered();
        }
        return Verdict.TAKE;
    }

    private Verdict closed() {
        if (serving.replies.next() instanceof Reply.Cleared) {
            serving.replies.end(Reply.Cleared.class);
            return Verdict.TAKE;
        }
        Reply.Closed closed = serving.replies.end(Reply.Closed.class);
        if (closed.statement() != null) {
            serving.names.confirm(serving.names.statements, closed.statement());
        }
        if (closed.portal() != null) {
            serving.names.confirm(serving.names.portals, closed.portal());
        }
        return Verdict.PASS;
    }

    private Verdict parameterTypes(Body body) {
        if (!(serving.replies.next() instanceof Reply.Described described)) {
            throw new ProtocolViolation("a ParameterDescription nobody asked for");
        }
        int[] types = new int[body.count(Integer.BYTES)];
        for (int i = 0; i < types.length; i++) {
            types[i] = body.int32();
        }
        described.prepared().types = types;
        return described.swallowed() ? Verdict.TAKE : Verdict.PASS;
    }

    /** @param columns null in a session without masks, which has no use for them */
    private Verdict columns(@Nullable RowDescription columns) {
        Reply head = serving.replies.next();
        if (head instanceof Reply.Described described) {
            described.prepared().columns = columns;
            serving.replies.end(Reply.Described.class);
            return described.swallowed() ? Verdict.TAKE : Verdict.PASS;
        }
        if (head instanceof Reply.Queried queried) {
            rows.describe(queried.portal(), columns);
            return Verdict.PASS;
        }
        if (head instanceof Reply.Asked) {
            return Verdict.TAKE;
        }
        throw new ProtocolViolation("a RowDescription nobody asked for");
    }

    private Verdict complete(ByteBuf bytes, int from, int end) {
        Reply head = serving.replies.next();
        if (head instanceof Reply.Asked) {
            return Verdict.TAKE;
        }
        Portal portal;
        List<Step> steps;
        if (head instanceof Reply.Queried queried) {
            portal = queried.portal();
            steps = queried.steps();
        } else if (head instanceof Reply.Executed executed) {
            portal = executed.portal();
            steps = executed.steps();
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
        if (serving.ownChanges.any() && isCommit(bytes, from, tag)) {
            serving.changesHold(false);
        }
        serving.names.made(steps, head instanceof Reply.Queried ? portal.command : 0);
        portal.plan = null;
        portal.command++;
        if (head instanceof Reply.Executed) {
            serving.replies.end(Reply.Executed.class);
            serving.copyIn.ended(portal);
        } else {
            rows.letPass();
        }
        return Verdict.PASS;
    }

    /** A transaction may end long before the next ReadyForQuery. */
    private static boolean isCommit(ByteBuf bytes, int from, int length) {
        return length == COMMIT.length()
                && bytes.toString(from, length, StandardCharsets.US_ASCII).equals(COMMIT);
    }

    private Verdict called() {
        if (!(serving.replies.next() instanceof Reply.Queried queried)) {
            throw new ProtocolViolation("the value of a function nobody called");
        }
        answered(queried.portal(), "FUNCTION CALL", false);
        return Verdict.PASS;
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
        Reply head = serving.replies.next();
        if (head == null || head.isExtended()) {
            throw new ProtocolViolation("a ReadyForQuery nobody waits for");
        }
        boolean asked = head instanceof Reply.Asked;
        serving.replies.end(Reply.class);
        if (head instanceof Reply.Queried queried) {
            serving.names.left(queried.steps(), queried.portal().command);
        }
        if (asked) {
            serving.loop().execute(() -> serving.connection.guard(serving::resumeClient));
            return Verdict.TAKE;
        }
        serving.ready(status, head.segment());
        serving.askIfNeeded();
        return Verdict.PASS;
    }

    private Verdict error(Report report) {
        Reply head = serving.replies.next();
        Portal portal = portal(head);
        Report shown = report;
        boolean quiet = false;
        if (head instanceof Reply.Refused refused) {
            shown = refused.answer();
            quiet = true;
        } else {
            Quotable quotable = quotable(head, report);
            shown = quotable.of(report);
            quiet = quotable != Quotable.ANYTHING;
            if (portal != null) {
                answered(portal, report.field('C') + " " + (quiet ? "" : report.field('M')), true);
            }
        }
        if (head instanceof Reply.Asked) {
            return Verdict.TAKE;
        }
        if (head instanceof Reply.Limited limited && !head.isExtended()) {
            limited.question().failed(report.field('C'));
            return Verdict.TAKE;
        }
        if (quiet) {
            serving.serverFrames.flush();
            serving.connection.toClient(shown);
        }
        rows.letPass();
        if (head != null && head.isExtended()) {
            serving.replies.skipToSync(unrun -> {
                if (!unrun.equals(portal)) {
                    answered(unrun, report.field('C') + NOT_RUN, true);
                }
            });
            if (serving.replies.isEmpty()) {
                serving.skipToSync();
            }
        }
        return quiet ? Verdict.TAKE : Verdict.PASS;
    }

    private Verdict notice(Report report) {
        Quotable quotable = quotable(serving.replies.next(), report);
        if (quotable == Quotable.ANYTHING) {
            return Verdict.PASS;
        }
        serving.serverFrames.flush();
        serving.connection.toClient(quotable.of(report));
        return Verdict.TAKE;
    }

    /** What may be told of an error or notice in this place. */
    private Quotable quotable(@Nullable Reply head, Report report) {
        if (serving.hasLeft() && mayRunWhatWasLeft(head)) {
            return Quotable.NO_VALUES;
        }
        Portal portal = portal(head);
        boolean sensitive = (portal != null && serving.isSensitive(portal.analysis()))
                || (head instanceof Reply.Parsed parsed && serving.isSensitive(parsed.analysis()));
        return sensitive ? Quotable.of(head, report, serving::looksAtProtected) : Quotable.ANYTHING;
    }

    /**
     * Whether a message may run what an earlier one has left: a cursor's query, and, with the transaction's end, queries of
     * cursors that are held and constraints that are deferred.
     */
    private boolean mayRunWhatWasLeft(@Nullable Reply head) {
        if (head instanceof Reply.Queried queried) {
            return serving.replies.followsExtended() || !queried.portal().standsAlone();
        }
        return head instanceof Reply.Synced
                || (head instanceof Reply.Executed executed
                        && !executed.portal().standsAlone());
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
}
