package dev.gatehouse.firewall.gate;

import dev.gatehouse.firewall.approval.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a request stands, for the one who asked for it.
 *
 * @param id the request's id
 * @param state {@code pending | approved | claimed | used | granted | rejected | expired | withdrawn | declined}; {@code unknown} for a
 *     request that is not there or is somebody else's; {@code unavailable} where nobody can say now
 * @param decidedBy who approved or rejected; empty where nobody has
 * @param comment what the last of them said
 * @param retryAfter when it is worth asking again; zero where the statement may be sent now, empty where it is of no use
 */
public record RequestStatus(String id, String state, String decidedBy, String comment, Optional<Duration> retryAfter) {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(60);

    /** A request that is not there. */
    public static RequestStatus unknown(String id) {
        return new RequestStatus(id, "unknown", "", "", Optional.empty());
    }

    /** A request that was not taken in. */
    public static RequestStatus declined(String why) {
        return new RequestStatus("", "declined", "", why, Optional.empty());
    }

    /** A request of which nobody can say now how it stands. */
    public static RequestStatus unavailable(String id) {
        return new RequestStatus(id, "unavailable", "", "", Optional.of(RETRY_AFTER));
    }

    /** How this one stands. */
    public static RequestStatus of(Ticket ticket) {
        String id = ticket.request().id();
        return ticket.match(
                pending -> new RequestStatus(
                        id, "pending", names(pending.approvals()), said(pending.approvals()), Optional.of(RETRY_AFTER)),
                approved -> new RequestStatus(
                        id,
                        "approved",
                        names(approved.approvals()),
                        said(approved.approvals()),
                        Optional.of(Duration.ZERO)),
                used -> used.isGrant()
                        ? new RequestStatus(
                                id,
                                "granted",
                                names(used.approved().approvals()),
                                used.result().orElse(""),
                                Optional.of(Duration.ZERO))
                        : ended(
                                id,
                                used.result().isPresent() ? "used" : "claimed",
                                used.approved().approvals()),
                denied -> ended(id, "rejected", List.of(denied.vote())),
                expired -> ended(id, "expired", List.of()),
                withdrawn -> ended(id, "withdrawn", List.of()),
                declined -> ended(id, "declined", List.of()));
    }

    private static RequestStatus ended(String id, String state, List<Ticket.Vote> votes) {
        return new RequestStatus(id, state, names(votes), said(votes), Optional.empty());
    }

    private static String names(List<Ticket.Vote> votes) {
        return String.join(", ", votes.stream().map(vote -> vote.by().name()).toList());
    }

    private static String said(List<Ticket.Vote> votes) {
        return votes.isEmpty() ? "" : votes.get(votes.size() - 1).comment();
    }

    public boolean isPending() {
        return state.equals("pending");
    }

    /** The columns of the answer, in their order, with their values as text; empty for NULL. */
    public List<Map.Entry<String, Optional<String>>> columns() {
        List<Map.Entry<String, Optional<String>>> columns = new ArrayList<>();
        columns.add(Map.entry("id", Optional.of(id)));
        columns.add(Map.entry("state", Optional.of(state)));
        columns.add(Map.entry("decided_by", text(decidedBy)));
        columns.add(Map.entry("comment", text(comment)));
        columns.add(Map.entry("retry_after_s", retryAfter.map(after -> Long.toString(after.toSeconds()))));
        columns.add(Map.entry("url", Optional.empty()));
        return columns;
    }

    private static Optional<String> text(String value) {
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }
}
