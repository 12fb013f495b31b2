package dev.gatehouse.gateway.receipt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.session.Id;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.journal.JournalReader;
import dev.gatehouse.journal.Selection;
import dev.gatehouse.journal.seal.SigningKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Writes receipts of approvals, each with the place of its last vote in the journal. Reads files: not for event loops. */
public final class Receipts {

    /** The journal's clock is the gateway's, a request's times are the store's. */
    private static final Duration CLOCKS_DIFFER = Duration.ofHours(26);

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String gateway;
    private final Path journal;
    private final SigningKey key;
    private final Function<String, Optional<String>> policies;
    private final InstantSource clock;

    /**
     * @param gateway what this gateway is called
     * @param journal the folder of its journal
     * @param key signs the journal's checkpoints too
     * @param policies the version of the policy by which a request was asked for, by its id
     */
    public Receipts(
            String gateway,
            Path journal,
            SigningKey key,
            Function<String, Optional<String>> policies,
            InstantSource clock) {
        this.gateway = gateway;
        this.journal = journal;
        this.key = key;
        this.policies = policies;
        this.clock = clock;
    }

    /**
     * The receipt of an approval; empty where nobody approved it, or the decision is not in this gateway's journal, but in
     * that of the gateway where it was made.
     */
    public Optional<Receipt> of(Ticket ticket) {
        Optional<Ticket.Approved> approved = ticket instanceof Ticket.Used used
                ? Optional.of(used.approved())
                : Optional.of(ticket).filter(Ticket.Approved.class::isInstance).map(Ticket.Approved.class::cast);
        return approved.flatMap(approval ->
                decided(approval.request()).map(entry -> Receipt.sign(content(approval, ticket, entry), key)));
    }

    /** Where the journal says that enough people had approved. */
    private Optional<Event.Entry> decided(Request request) {
        try (JournalReader reader = JournalReader.open(journal)) {
            Selection since = Selection.WITHOUT_FRAMES.from(request.asked().minus(CLOCKS_DIFFER));
            for (Iterator<Event.Entry> entries = reader.entries(since); entries.hasNext(); ) {
                Event.Entry entry = entries.next();
                if (entry.event() instanceof Event.Decided decided
                        && decided.request().equals(request.id())
                        && decided.outcome().equals("approved")) {
                    return Optional.of(entry);
                }
            }
            return Optional.empty();
        }
    }

    private ObjectNode content(Ticket.Approved approved, Ticket ticket, Event.Entry entry) {
        Request request = approved.request();
        ObjectNode content = NODES.objectNode()
                .put("apiVersion", "gatehouse/v1")
                .put("kind", "ApprovalReceipt")
                .put("id", request.id())
                .put("digest", "sha256:" + request.digest().hex())
                .put("code", request.code());
        content.putObject("statement")
                .put("sql", request.sql())
                .put("sha256", sha256(request.sql()))
                .set("parameters", parameters(request));
        content.set("requester", requester(request.session()));
        content.set("target", target(request.session()));
        policies.apply(request.id()).ifPresent(version -> content.put("policy", version));
        content.putObject("rule")
                .put("id", request.rule().id())
                .put("file", request.rule().file())
                .put("line", request.rule().line());
        content.putObject("flow")
                .put("name", request.flow().name())
                .put("needed", request.flow().needed());
        content.put("reason", request.reason()).put("asked", request.asked().toString());
        content.set("approvals", votes(approved.approvals()));
        content.put("approved", approved.last().at().toString());
        if (ticket instanceof Ticket.Used used) {
            ObjectNode use = content.putObject("use").put("decision", Id.text(Id.DECISION, used.decision()));
            used.result().ifPresent(result -> use.put("result", result));
        }
        content.putObject("journal")
                .put("gateway", gateway)
                .put("record", entry.sequence())
                .put("at", entry.at().toString());
        return content.put("issued", clock.instant().toString());
    }

    private static ArrayNode parameters(Request request) {
        ArrayNode values = NODES.arrayNode();
        request.parameters().forEach(parameter -> values.add(parameter.text()));
        return values;
    }

    private static ObjectNode requester(Session session) {
        ObjectNode who = NODES.objectNode()
                .put("name", session.subject().name())
                .put("kind", session.subject().kind().name().toLowerCase(Locale.ROOT));
        session.subject().owner().ifPresent(owner -> who.put("owner", owner));
        return who.put("session", session.id())
                .put("source", session.source().getHostAddress())
                .put("application", session.application());
    }

    private static ObjectNode target(Session session) {
        return NODES.objectNode()
                .put("upstream", session.upstream().name())
                .put("database", session.database())
                .put("login", session.login().name());
    }

    private static ArrayNode votes(List<Ticket.Vote> votes) {
        ArrayNode all = NODES.arrayNode();
        for (Ticket.Vote vote : votes) {
            all.addObject()
                    .put("by", vote.by().name())
                    .put("via", vote.by().via())
                    .put("comment", vote.comment())
                    .put("at", vote.at().toString());
        }
        return all;
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
