package dev.gatehouse.console.page;

import static dev.gatehouse.console.page.Element.element;

import dev.gatehouse.console.api.Documents;
import dev.gatehouse.firewall.approval.Finding;
import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.firewall.policy.Flow;
import dev.gatehouse.firewall.session.Id;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.statement.Parameter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One request with all that a reviewer needs to decide, the statement in full. */
final class RequestPage {

    private static final int MOST_COMMENT = 4000;

    private final Viewer viewer;
    private final Shown shown;
    private final Ticket ticket;
    private final Request request;

    RequestPage(Viewer viewer, Shown shown) {
        this.viewer = viewer;
        this.shown = shown;
        this.ticket = shown.ticket();
        this.request = ticket.request();
    }

    String page(Layout layout, Optional<Element> complaint, String comment) {
        Element head = element("div", "head")
                .with("id", "state")
                .with("data-state", Documents.state(ticket) + votes().size() + "-" + shown.waiting())
                .add(
                        element("h1").text(request.id()),
                        Words.state(ticket, shown.waiting()),
                        element("p", "code")
                                .text("code ")
                                .add(element("strong").text(request.code()))
                                .text(": who asked sees the same one"));
        Element page = element("article", "detail").add(head);
        complaint.ifPresent(page::add);
        page.add(statement(), columns());
        history().ifPresent(page::add);
        decision(comment).ifPresent(page::add);
        if (viewer.caller().mayWithdraw(ticket)) {
            page.add(withdraw(viewer, ticket));
        }
        return layout.page(Optional.of(viewer), page);
    }

    private Element statement() {
        return element("section", "card")
                .add(element("h2").text("Statement, exactly"))
                .add(new SqlView(request).elements());
    }

    private Element columns() {
        return element("div", "columns").add(who(), why(), effect(), parameters());
    }

    private Element who() {
        Session session = request.session();
        Element list = element("dl");
        row(list, "identity", Words.who(session.subject()));
        row(list, "kind", session.subject().kind().name().toLowerCase(Locale.ROOT));
        row(list, "groups", Words.list(session.subject().groups()));
        row(list, "client", session.application().isEmpty() ? "does not say" : session.application());
        row(list, "from", session.source().getHostAddress() + (session.encrypted() ? ", under TLS" : ", in clear"));
        row(list, "to", Words.target(session));
        row(list, "session", session.id());
        row(list, "reason", request.reason().isEmpty() ? "none given" : request.reason());
        return card("Who", list);
    }

    private Element why() {
        Flow flow = request.flow();
        Element list = element("dl");
        row(list, "rule", request.rule().id());
        row(list, "at", request.rule().file() + ":" + request.rule().line());
        row(list, "flow", flow.name());
        row(list, "reviewers", Words.reviewers(request) + "; " + flow.needed() + " needed");
        list.add(element("dt").text("asked"), element("dd").add(Words.moment(request.asked())));
        list.add(element("dt").text("until"), element("dd").add(Words.moment(request.deadline())));
        if (ticket instanceof Ticket.Pending) {
            list.add(element("dt").text("waiting"), element("dd").add(Words.since(request.asked(), viewer.now())));
        }
        row(list, "clients", shown.waiting() == 0 ? "none waits" : shown.waiting() + " waiting");
        row(list, "digest", request.digest().hex());
        return card("Why it is here", list);
    }

    private Element effect() {
        Element list = element("dl");
        for (Finding.About about : Finding.About.values()) {
            List<String> texts = request.findings().stream()
                    .filter(finding -> finding.about() == about)
                    .map(Finding::text)
                    .toList();
            if (!texts.isEmpty()) {
                Element all = element("dd");
                texts.forEach(text -> all.add(element("div", about == Finding.About.WARNING ? "warning" : "fact")
                        .text(text)));
                list.add(element("dt").text(about.name().toLowerCase(Locale.ROOT)), all);
            }
        }
        return card(
                "What it does",
                request.findings().isEmpty() ? element("p", "empty").text("Not known.") : list);
    }

    private Element parameters() {
        if (request.parameters().isEmpty()) {
            return card("Parameters", element("p", "empty").text("None."));
        }
        Element list = element("dl");
        int number = 1;
        for (Parameter parameter : request.parameters()) {
            String text = parameter.text();
            Element value = element("dd").add(element("code", "value").text(text == null ? "NULL" : "'" + text + "'"));
            list.add(element("dt").text("$" + number), value);
            number++;
        }
        return card("Parameters", list);
    }

    private Optional<Element> history() {
        Element list = element("ul", "history");
        for (Ticket.Vote vote : votes()) {
            list.add(element("li")
                    .add(element("strong").text(vote.by().name()))
                    .text((ticket instanceof Ticket.Denied ? " rejected" : " approved") + " ("
                            + vote.by().via() + ") ")
                    .add(Words.moment(vote.at()))
                    .add(element("p", "said").text(vote.comment().isEmpty() ? "without a comment" : vote.comment())));
        }
        ending().forEach(words -> list.add(element("li").text(words)));
        if (votes().isEmpty() && ending().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(element("section", "card").add(element("h2").text("What became of it"), list));
    }

    private List<Ticket.Vote> votes() {
        return ticket.match(
                Ticket.Pending::approvals,
                Ticket.Approved::approvals,
                used -> used.approved().approvals(),
                denied -> List.of(denied.vote()),
                expired -> List.of(),
                withdrawn -> List.of(),
                declined -> List.of());
    }

    private List<String> ending() {
        List<String> words = new ArrayList<>();
        if (ticket instanceof Ticket.Pending && !votes().isEmpty()) {
            words.add((request.flow().needed() - votes().size()) + " more must approve it");
        } else if (ticket instanceof Ticket.Approved approved) {
            words.add("it may be run once, until " + approved.until());
        } else if (ticket instanceof Ticket.Used used) {
            words.add((request.isWish() ? "as " : "spent on ") + Id.text(Id.DECISION, used.decision()) + "; "
                    + used.result().map(result -> "it came to: " + result).orElse("what came of it is not known yet"));
        } else if (ticket instanceof Ticket.Withdrawn withdrawn) {
            words.add("withdrawn: " + withdrawn.reason());
        } else if (ticket instanceof Ticket.Declined declined) {
            words.add("not taken in: " + declined.reason());
        } else if (ticket instanceof Ticket.Expired) {
            words.add("nobody decided in time, or nobody used the approval");
        }
        return words;
    }

    private Optional<Element> decision(String comment) {
        if (!(ticket instanceof Ticket.Pending)) {
            return Optional.empty();
        }
        if (!viewer.caller().mayDecide(ticket)) {
            String words = request.isAskedBy(viewer.caller().reviewer())
                    ? "You cannot decide this: you asked for it, or answer for who did. Another reviewer must."
                    : "You see this, but it is not yours to decide, or you have decided already.";
            return Optional.of(element("p", "note").text(words));
        }
        String address = "/approvals/" + request.id();
        return Optional.of(element("form", "card decide")
                .with("id", "decide")
                .with("method", "post")
                .with("action", address + "/approve")
                .add(
                        Layout.pass(viewer),
                        element("input")
                                .with("type", "hidden")
                                .with("name", "code")
                                .with("value", request.code()),
                        element("h2").text("Decide"),
                        element("label").with("for", "comment").text("Comment (" + rules() + ")"),
                        element("textarea")
                                .with("id", "comment")
                                .with("name", "comment")
                                .with("rows", "3")
                                .with("maxlength", Integer.toString(MOST_COMMENT))
                                .text(comment),
                        element("p", "note")
                                .with("id", "unread")
                                .flag("hidden", true)
                                .text("Approving is possible once the statement's last line has been on the screen."),
                        element("div", "buttons")
                                .add(
                                        element("button", "approve")
                                                .with("type", "submit")
                                                .with("formaction", address + "/approve")
                                                .text("✓ " + consequence()),
                                        element("button", "reject")
                                                .with("type", "submit")
                                                .with("formaction", address + "/reject")
                                                .text("✗ Reject")),
                        element("p", "cli")
                                .text("By the command line: ")
                                .add(element("code")
                                        .text("gatehouse approvals approve " + request.id() + " --code "
                                                + request.code()))));
    }

    private String rules() {
        List<String> needs = new ArrayList<>();
        if (request.flow().approveComment()) {
            needs.add("to approve");
        }
        if (request.flow().rejectComment()) {
            needs.add("to reject");
        }
        return needs.isEmpty() ? "optional" : "required " + String.join(" and ", needs);
    }

    private String consequence() {
        if (request.flow().needed() - votes().size() > 1) {
            return "Approve: others must too";
        }
        if (request.isWish()) {
            return "Approve: granted from now on, as asked for";
        }
        Duration within = request.flow().runWithin();
        return shown.waiting() > 0 ? "Approve and run now" : "Approve: may be run once within " + Words.amount(within);
    }

    /** The form by which a request is taken back, or a grant revoked. */
    static Element withdraw(Viewer viewer, Ticket ticket) {
        Request request = ticket.request();
        String word = ticket.isOpen() ? "Withdraw" : "Revoke";
        return element("form", "withdraw")
                .with("method", "post")
                .with("action", "/approvals/" + request.id() + "/withdraw")
                .add(
                        Layout.pass(viewer),
                        element("button")
                                .with("type", "submit")
                                .with("aria-label", word + " " + request.id())
                                .text(word));
    }

    private static Element card(String title, Element content) {
        return element("section", "card").add(element("h2").text(title), content);
    }

    private static void row(Element list, String title, String text) {
        list.add(element("dt").text(title), element("dd").text(text));
    }
}
