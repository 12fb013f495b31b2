package dev.gatehouse.wire.mysql;

import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.firewall.gate.Refusal;
import dev.gatehouse.firewall.policy.Flow;
import dev.gatehouse.wire.mysql.message.Err;
import dev.gatehouse.wire.mysql.message.Packet;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the gateway itself tells a client: refusals as errors, waiting as MariaDB's progress, in the protocol's own forms. */
final class Refusals {

    private static final int SPECIFIC_ACCESS_DENIED = 1227;
    private static final int SIGNAL_EXCEPTION = 1644;
    private static final int QUERY_INTERRUPTED = 1317;
    private static final int USER_LIMIT_REACHED = 1226;
    private static final int INTERNAL_ERROR = 1815;

    /** In characters. Clients cut messages at 511 bytes, and what comes behind the reason is to be read as well. */
    private static final int MOST_REASON = 100;

    /** Half done: somebody has been asked, nobody has answered. */
    private static final int PROGRESS = 50_000;

    /**
     * Errors whose messages name objects and rules, never values: privileges, names that are not there, locks,
     * limits, the server's own state.
     */
    private static final Set<Integer> QUIET = Set.of(
            1005, 1006, 1007, 1008, 1022, 1036, 1040, 1044, 1045, 1046, 1048, 1049, 1050, 1051, 1052, 1053, 1054, 1055,
            1056, 1058, 1060, 1061, 1066, 1072, 1091, 1093, 1095, 1096, 1104, 1109, 1111, 1112, 1114, 1118, 1136, 1140,
            1142, 1143, 1146, 1153, 1158, 1159, 1160, 1161, 1169, 1172, 1176, 1192, 1203, 1205, 1206, 1213, 1216, 1217,
            1222, 1226, 1227, 1235, 1241, 1242, 1243, 1248, 1290, 1295, 1305, 1317, 1318, 1327, 1356, 1364, 1370, 1394,
            1407, 1414, 1415, 1422, 1442, 1451, 1452, 1568, 1792, 1836, 1845, 1846, 1927, 3024, 4025, 4031);

    private Refusals() {}

    /** A refusal as an error that the session survives. */
    static Err error(Refusal refusal) {
        return switch (refusal.outcome()) {
            case BLOCKED -> new Err(SPECIFIC_ACCESS_DENIED, "42000", refusal.text());
            case REJECTED ->
                new Err(SPECIFIC_ACCESS_DENIED, "42000", withReason(refusal).text());
            case PENDING, EXPIRED -> new Err(SIGNAL_EXCEPTION, "45000", refusal.text());
            case WITHDRAWN -> new Err(QUERY_INTERRUPTED, "70100", refusal.text());
            case LIMIT -> new Err(USER_LIMIT_REACHED, "42000", refusal.text());
            case ERROR -> new Err(INTERNAL_ERROR, "HY000", refusal.text());
        };
    }

    /** With what the reviewer said in the message itself: few clients show more than that. */
    private static Refusal withReason(Refusal refusal) {
        String reason = refusal.detail();
        if (reason.isEmpty() || refusal.isForPrograms()) {
            return refusal;
        }
        String some = reason.length() <= MOST_REASON ? reason : reason.substring(0, MOST_REASON - 1) + "…";
        return refusal.saying(refusal.message() + ". " + some);
    }

    /** What more there is to a refusal: its details, and what to do. */
    static List<String> notes(Refusal refusal) {
        List<String> notes = new ArrayList<>();
        if (!refusal.detail().isEmpty()) {
            notes.add(refusal.detail());
        }
        if (!refusal.hint().isEmpty()) {
            notes.add(refusal.hint());
        }
        if (!refusal.context().isEmpty()) {
            notes.add(refusal.context());
        }
        return notes;
    }

    /**
     * Writes a report of progress that says for whom a statement waits. Only clients that agreed on it understand one.
     *
     * @see <a href="https://mariadb.com/kb/en/progress-reporting/">MariaDB: Progress Reporting</a>
     */
    static void held(Ticket.Pending pending, ByteBuf out, int number) {
        Request request = pending.request();
        Flow flow = request.flow();
        List<String> asked =
                new ArrayList<>(flow.reviewerGroups().stream().sorted().toList());
        asked.addAll(flow.reviewerUsers().stream().sorted().toList());
        int start = Packet.begin(out, number);
        out.writeByte(Err.TAG).writeShortLE(Err.PROGRESS);
        out.writeByte(1).writeByte(1).writeByte(1).writeMediumLE(PROGRESS);
        Packet.bytes(
                out,
                (request.id() + " code " + request.code() + " waiting for " + String.join(", ", asked))
                        .getBytes(StandardCharsets.UTF_8));
        Packet.end(out, start);
    }

    /** An error of the server's, without what may quote protected values, unless its kind never quotes one. */
    static Err withoutValues(Err error) {
        return QUIET.contains(error.code())
                ? error
                : new Err(
                        error.code(),
                        error.state(),
                        "the statement failed with error " + error.code()
                                + "; the message is withheld as it may quote masked values");
    }
}
