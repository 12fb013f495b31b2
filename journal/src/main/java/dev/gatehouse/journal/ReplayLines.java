package dev.gatehouse.journal;

import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.session.Id;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one session's replay. Whatever came from a client or a server is made harmless for a terminal.
 *
 * <pre>
 * 14:02:11.204  erik@orders  ▸ UPDATE orders SET status='paid' WHERE id &lt; 2000
 * 14:02:11.204               ⏸ held  req_7F3K  big-writes-reviewed  (3 min 12 s, skipped)
 * 14:05:23.771               ✔ approved by lena@acme.test "matches CHG-118"
 * 14:05:23.902               ◂ UPDATE 1999                                 131 ms
 * </pre>
 */
final class ReplayLines {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
    private static final int ANSWER_WIDTH = 42;

    private final String who;
    private final String indent;
    private final DateTimeFormatter time;
    /** By decision, the monotonic time at which the statement was let go to the server. */
    private final Map<Long, Long> released = new HashMap<>();

    ReplayLines(String who, ZoneId zone) {
        this.who = TerminalText.neutral(who);
        this.indent = " ".repeat(this.who.codePointCount(0, this.who.length()));
        this.time = TIME.withZone(zone);
    }

    /**
     * What an entry looks like: one line, or two for a statement that was not let through at once.
     *
     * @param skipped the pause after it that is cut short
     */
    String line(Event.Entry entry, Optional<Duration> skipped) {
        String at = time.format(entry.at()) + "  ";
        String rest = skipped.map(gap -> "  (" + words(gap) + ", skipped)").orElse("");
        Event event = entry.event();
        if (event instanceof Event.Asked asked) {
            released.put(asked.decision(), entry.nanos());
            String sql = at + who + "  ▸ " + TerminalText.neutral(asked.sql()) + parameters(asked);
            String ruling = ruling(asked);
            return ruling.isEmpty() ? sql + rest : sql + "\n" + at + indent + "  " + ruling + rest;
        }
        return at + indent + "  " + TerminalText.neutral(text(event, entry.nanos())) + rest;
    }

    private static String parameters(Event.Asked asked) {
        if (asked.parameters().isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("  [");
        for (String parameter : asked.parameters()) {
            text.append(text.length() > 3 ? ", " : "")
                    .append(parameter == null ? "NULL" : "'" + parameter.replace("'", "''") + "'");
        }
        return TerminalText.neutral(text.append(']').toString());
    }

    private static String ruling(Event.Asked asked) {
        String text =
                switch (asked.verdict()) {
                    case ALLOW -> "";
                    case BLOCK ->
                        "✗ blocked  " + Id.text(Id.DECISION, asked.decision()) + "  " + asked.rule()
                                + (asked.detail().isEmpty() ? "" : "  " + asked.detail());
                    case APPROVE -> "⏸ held  " + asked.detail() + "  " + asked.rule();
                };
        return TerminalText.neutral(text);
    }

    private String text(Event event, long nanos) {
        if (event instanceof Event.Opened e) {
            return "● opened  " + e.user() + " from " + e.source() + " to " + e.upstream() + "/" + e.database() + " as "
                    + e.login() + (e.application().isEmpty() ? "" : "  " + e.application());
        }
        if (event instanceof Event.TurnedAway e) {
            return "✗ turned away  " + e.user() + " from " + e.source() + "  " + e.reason();
        }
        if (event instanceof Event.Decided e) {
            released.put(e.decision(), nanos);
            return (e.outcome().equals("approved") ? "✔ " : "✗ ")
                    + e.outcome()
                    + (e.by().isEmpty() ? "" : " by " + e.by())
                    + (e.comment().isEmpty() ? "" : " \"" + e.comment() + "\"");
        }
        if (event instanceof Event.Answered e) {
            return answer(e, nanos);
        }
        if (event instanceof Event.Closed e) {
            return "○ closed  " + e.reason();
        }
        return "· frames";
    }

    private String answer(Event.Answered answered, long nanos) {
        Long start = released.remove(answered.decision());
        String result = (answered.failed() ? "◂ error " : "◂ ") + answered.result();
        String masked = answered.masked().isEmpty() ? "" : "  masked: " + String.join(", ", answered.masked());
        return String.format(Locale.ROOT, "%-" + ANSWER_WIDTH + "s %s", result, took(start, nanos)) + masked;
    }

    private static String took(@Nullable Long start, long nanos) {
        if (start == null) {
            return "";
        }
        double millis = (nanos - start) / 1e6;
        return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
    }

    private static String words(Duration gap) {
        long seconds = gap.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
}
