package dev.gatehouse.console.page;

import static dev.gatehouse.console.page.Element.element;

import dev.gatehouse.console.api.Caller;
import dev.gatehouse.firewall.approval.Finding;
import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Ticket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Lists of requests. Each is shown in short and says so; nobody decides from a list. */
final class QueuePage {

    private static final int MOST_CHARACTERS = 300;

    private QueuePage() {}

    static String page(Layout layout, Viewer viewer, List<Shown> waiting) {
        List<Shown> mine = new ArrayList<>();
        List<Shown> others = new ArrayList<>();
        for (Shown shown : waiting) {
            (viewer.caller().mayDecide(shown.ticket()) ? mine : others).add(shown);
        }
        mine.sort(Comparator.comparing((Shown shown) -> shown.waiting() == 0));
        Element live = element("div")
                .with("id", "live")
                .add(items(viewer, "Wait for you", mine, "Nothing waits for your decision."));
        if (!others.isEmpty()) {
            live.add(items(viewer, "Wait for others", others, ""));
        }
        return layout.page(
                Optional.of(viewer),
                element("h1").text("Approvals"),
                element("p").with("id", "count").with("aria-live", "polite").text(count(mine.size())),
                tabs("/approvals"),
                live);
    }

    static String decided(Layout layout, Viewer viewer, List<Shown> ended) {
        return layout.page(
                Optional.of(viewer),
                element("h1").text("Decided"),
                tabs("/approvals/decided"),
                element("div")
                        .with("id", "live")
                        .add(items(viewer, "The latest first", ended, "Nothing has been decided yet.")));
    }

    static String requests(Layout layout, Viewer viewer, List<Shown> own) {
        return layout.page(
                Optional.of(viewer),
                element("h1").text("My requests"),
                element("p")
                        .text("What you, and the agents you answer for, have asked for. You cannot decide about"
                                + " these."),
                element("div").with("id", "live").add(items(viewer, "Requests", own, "You have asked for nothing.")));
    }

    private static String count(int waiting) {
        return waiting == 0 ? "Nothing waits for you." : waiting + (waiting == 1 ? " waits" : " wait") + " for you.";
    }

    private static Element tabs(String here) {
        Element tabs = element("nav", "tabs").with("aria-label", "Approvals");
        for (String[] tab : new String[][] {{"/approvals", "Waiting"}, {"/approvals/decided", "Decided"}}) {
            Element link = element("a").with("href", tab[0]);
            if (tab[0].equals(here)) {
                link.with("aria-current", "page");
            }
            tabs.add(link.text(tab[1]));
        }
        return tabs;
    }

    private static Element items(Viewer viewer, String title, List<Shown> items, String nothing) {
        Element section = element("section").add(element("h2").text(title));
        if (items.isEmpty()) {
            return section.add(element("p", "empty").text(nothing));
        }
        Element list = element("ul", "requests");
        items.forEach(item -> list.add(item(viewer, item)));
        return section.add(list);
    }

    private static Element item(Viewer viewer, Shown shown) {
        Ticket ticket = shown.ticket();
        Request request = ticket.request();
        Element item = element("li", "card request")
                .add(
                        element("p", "line")
                                .add(
                                        Words.state(ticket, shown.waiting()),
                                        element("a", "open")
                                                .with("href", "/approvals/" + request.id())
                                                .text(request.id() + ": "
                                                        + Words.who(request.session()
                                                                .subject())),
                                        element("span").text(Words.target(request.session())),
                                        element("span", "code").text("code " + request.code()),
                                        Words.since(request.asked(), viewer.now())),
                        brief(request.sql()),
                        element("p", "why").text(why(request)));
        objection(viewer.caller(), ticket)
                .ifPresent(words -> item.add(element("p", "note").text(words)));
        if (viewer.caller().mayWithdraw(ticket)) {
            item.add(RequestPage.withdraw(viewer, shown.ticket()));
        }
        return item;
    }

    /** The beginning of a statement, and beside it, where no statement can write, how much more there is. */
    private static Element brief(String sql) {
        int points = sql.codePointCount(0, sql.length());
        int shown = sql.offsetByCodePoints(0, Math.min(MOST_CHARACTERS, points));
        Element brief =
                element("div").add(element("pre", "brief").add(element("code").text(sql.substring(0, shown))));
        return points > MOST_CHARACTERS
                ? brief.add(element("p", "note").text("and " + (points - MOST_CHARACTERS) + " characters more"))
                : brief;
    }

    private static String why(Request request) {
        List<String> writes = request.findings().stream()
                .filter(finding -> finding.about() == Finding.About.WRITES)
                .map(Finding::text)
                .toList();
        return "rule " + request.rule().id() + (writes.isEmpty() ? "" : " · writes " + String.join(", ", writes));
    }

    private static Optional<String> objection(Caller caller, Ticket ticket) {
        if (!(ticket instanceof Ticket.Pending pending)) {
            return Optional.empty();
        }
        if (ticket.request().isAskedBy(caller.reviewer())) {
            return Optional.of("You cannot decide this: you asked for it, or answer for who did.");
        }
        return pending.isApprovedBy(caller.reviewer())
                ? Optional.of("You have approved it; another reviewer must too.")
                : Optional.empty();
    }
}
