package dev.gatehouse.gateway.command;

import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.session.Id;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells a session's events as the lines of a play: who asked what, what was decided, what came back. */
final class Timeline {

    private static final String MORE = " ".repeat(2);

    private final DateTimeFormatter clock;
    private final Map<Long, Event.Opened> sessions = new HashMap<>();
    private final Map<Long, Rows> rows = new HashMap<>();
    private final Map<Long, Instant> forwarded = new HashMap<>();
    private final int mostRows;

    /**
     * @param zone whose clock the times are shown by
     * @param mostRows how many rows of an answer are shown
     */
    Timeline(ZoneId zone, int mostRows) {
        this.clock = DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(zone);
        this.mostRows = mostRows;
    }

    /** The lines that tell an entry; none for what only carries bytes. */
    List<String> lines(Event.Entry entry) {
        Event event = entry.event();
        if (event instanceof Event.Frames frames) {
            rows.computeIfAbsent(frames.session(), session -> new Rows(mostRows))
                    .feed(frames);
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        String time = clock.format(entry.at()) + MORE;
        if (event instanceof Event.Opened opened) {
            sessions.put(opened.session(), opened);
            lines.add(time + who(opened.session()) + "  ● " + Id.text(Id.SESSION, opened.session()) + "  "
                    + Visible.line(opened.application()) + " from " + opened.source() + ", login "
                    + Visible.line(opened.login()));
        } else if (event instanceof Event.Asked asked) {
            lines.addAll(asked(entry, asked, time));
        } else if (event instanceof Event.Decided decided) {
            forwarded.put(decided.decision(), entry.at());
            lines.add(time + who(decided.session()) + "  " + decision(decided));
        } else if (event instanceof Event.Answered answered) {
            lines.addAll(answered(entry, answered, time));
        } else if (event instanceof Event.Closed closed) {
            lines.add(time + who(closed.session()) + "  ○ " + Visible.line(closed.reason()));
        } else if (event instanceof Event.TurnedAway away) {
            lines.add(time + Visible.line(away.user()) + "  ✘ turned away from " + away.source() + ": "
                    + Visible.line(away.reason()));
        }
        return lines;
    }

    private List<String> asked(Event.Entry entry, Event.Asked asked, String time) {
        forwarded.put(asked.decision(), entry.at());
        rows.computeIfAbsent(asked.session(), session -> new Rows(mostRows)).clear();
        String indent = " ".repeat(time.length() + who(asked.session()).length());
        List<String> lines = new ArrayList<>();
        String[] sql = Visible.block(asked.sql()).split("\n", -1);
        lines.add(time + who(asked.session()) + "  ▸ " + sql[0]);
        for (int i = 1; i < sql.length; i++) {
            lines.add(indent + "    " + sql[i]);
        }
        if (!asked.parameters().isEmpty()) {
            lines.add(indent + "    " + parameters(asked.parameters()));
        }
        String rule = Visible.line(asked.rule());
        switch (asked.verdict()) {
            case ALLOW -> {}
            case BLOCK ->
                lines.add(indent + "  ✘ blocked  " + Id.text(Id.DECISION, asked.decision()) + "  " + rule + ": "
                        + Visible.line(asked.detail()));
            case APPROVE -> lines.add(indent + "  ⏸ held  " + Visible.line(asked.detail()) + "  " + rule);
        }
        return lines;
    }

    private List<String> answered(Event.Entry entry, Event.Answered answered, String time) {
        List<String> lines = new ArrayList<>();
        String indent = " ".repeat(time.length() + who(answered.session()).length()) + "    ";
        rows.getOrDefault(answered.session(), new Rows(0)).take().forEach(row -> lines.add(indent + row));
        Instant since = forwarded.getOrDefault(answered.decision(), entry.at());
        String masked = answered.masked().isEmpty() ? "" : "  ▒ masked " + String.join(", ", answered.masked());
        forwarded.remove(answered.decision());
        lines.add(time + who(answered.session()) + "  ◂ " + Visible.line(answered.result()) + "  "
                + Amount.words(Duration.between(since, entry.at())) + Visible.line(masked));
        return lines;
    }

    private static String decision(Event.Decided decided) {
        String by = Visible.line(decided.by());
        String comment = decided.comment().isEmpty() ? "" : " \"" + Visible.line(decided.comment()) + '"';
        return switch (decided.outcome()) {
            case "approved" -> "✔ approved by " + by + comment;
            case "approval" -> "✔ one approval, by " + by + comment;
            case "rejected" -> "✘ rejected by " + by + comment;
            default -> "✘ " + Visible.line(decided.outcome()) + comment;
        };
    }

    private static String parameters(List<String> values) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            texts.add("$" + (i + 1) + " = " + (value == null ? "NULL" : "'" + Visible.line(values.get(i)) + "'"));
        }
        return String.join(", ", texts);
    }

    private String who(long session) {
        Event.Opened opened = sessions.get(session);
        return opened == null
                ? Id.text(Id.SESSION, session)
                : Visible.line(opened.user()) + "@" + Visible.line(opened.database());
    }
}
