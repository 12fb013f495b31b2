package dev.gatehouse.console.page;

import static dev.gatehouse.console.page.Element.element;

import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.session.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** How the pages say things. */
final class Words {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Words() {}

    /** A moment, in full. */
    static Element moment(Instant at) {
        return element("time")
                .with("datetime", at.truncatedTo(ChronoUnit.SECONDS).toString())
                .text(MOMENT.format(at));
    }

    /** How long something has waited, which the page's script keeps up to date. */
    static Element since(Instant at, Instant now) {
        return element("time", "since")
                .with("datetime", at.truncatedTo(ChronoUnit.SECONDS).toString())
                .with("title", "since " + MOMENT.format(at))
                .text(amount(Duration.between(at, now)));
    }

    /** A span of time: {@code 4:12} minutes, {@code 2 h 05}. */
    static String amount(Duration span) {
        long seconds = Math.max(0, span.toSeconds());
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d min", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d h %02d", seconds / 3600, seconds / 60 % 60);
    }

    /** How a request stands: a sign, a word and a colour. */
    static Element state(Ticket ticket, int waiting) {
        return ticket.match(
                pending -> waiting > 0
                        ? chip("wait", "● held: " + clients(waiting))
                        : chip("wait", "○ ticket: nobody waits, the statement is sent again"),
                approved -> chip("good", "✓ approved, not run yet"),
                used -> chip("good", "✓ approved, and let run"),
                denied -> chip("bad", "✗ rejected"),
                expired -> chip("over", "– expired"),
                withdrawn -> chip("over", "– withdrawn"),
                declined -> chip("over", "– not taken in"));
    }

    private static String clients(int waiting) {
        return waiting == 1 ? "a client waits" : waiting + " clients wait";
    }

    private static Element chip(String kind, String words) {
        return element("span", "chip " + kind).text(words);
    }

    /** Who asked: the name, and whose agent it is. */
    static String who(Subject subject) {
        String kind = subject.kind().name().toLowerCase(Locale.ROOT);
        return subject.owner()
                .map(owner -> subject.name() + " (" + kind + " of " + owner + ")")
                .orElse(subject.kind() == Subject.Kind.HUMAN ? subject.name() : subject.name() + " (" + kind + ")");
    }

    /** Where it would run. */
    static String target(Session session) {
        return session.upstream().name() + "/" + session.database() + " as "
                + session.login().name();
    }

    static String list(Collection<String> words) {
        return words.isEmpty()
                ? "none"
                : String.join(", ", words.stream().sorted().toList());
    }

    /** Who may decide. */
    static String reviewers(Request request) {
        List<String> groups = request.flow().reviewerGroups().stream()
                .sorted()
                .map(group -> "group " + group)
                .toList();
        List<String> users = request.flow().reviewerUsers().stream().sorted().toList();
        return String.join(", ", groups) + (groups.isEmpty() || users.isEmpty() ? "" : ", ") + String.join(", ", users);
    }
}
