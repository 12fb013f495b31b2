package dev.gatehouse.gateway.command;

import dev.gatehouse.firewall.audit.Direction;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.session.Id;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells a session's events as the lines of a play: who asked what, what was decided, what came back. */
final class Timeline {

    private static final String APPROVED = "approved";
    private static final String USED = "used";

    private static final String CLOCK = "HH:mm:ss.SSS";
    private static final String MORE = " ".repeat(2);

    private final DateTimeFormatter clock;
    private final Map<Long, Event.Opened> sessions = new HashMap<>();
    private final Map<Long, Rows> rows = new HashMap<>();
    private final Map<Long, Instant> forwarded = new HashMap<>();
    /** Decisions of which it was told that they were approved. */
    private final Set<Long> approved = new HashSet<>();

    private final Map<Long, Deque<Untold>> untold = new HashMap<>();
    private final int mostRows;

    /**
     * @param zone whose clock the times are shown by
     * @param mostRows how many rows of an answer are shown
     */
    Timeline(ZoneId zone, int mostRows) {
        this.clock = DateTimeFormatter.ofPattern(CLOCK).withZone(zone);
        this.mostRows = mostRows;
    }

    /** The lines that tell an entry; none for what only carries bytes. */
    List<String> lines(Event.Entry entry) {
        Event event = entry.event();
        if (event instanceof Event.Frames frames) {
            List<String> lines = frames.direction() == Direction.FROM_CLIENT ? rest(frames.session()) : List.of();
            rows(frames.session()).feed(frames);
            return lines.isEmpty() ? told(frames.session()) : lines;
        }
        List<String> lines = new ArrayList<>(event instanceof Event.Closed ? rest(event.session()) : List.of());
        String time = clock.format(entry.at()) + MORE;
        if (event instanceof Event.Opened opened) {
            sessions.put(opened.session(), opened);
            rows.put(opened.session(), Rows.of(opened.protocol(), mostRows));
            lines.add(time + who(opened.session()) + "  ● " + Id.text(Id.SESSION, opened.session()) + "  "
                    + Visible.line(opened.application()) + " from " + opened.source() + ", login "
                    + Visible.line(opened.login()));
        } else if (event instanceof Event.Asked asked) {
            lines.addAll(asked(entry, asked, time));
        } else if (event instanceof Event.Decided decided) {
            forwarded.put(decided.decision(), entry.at());
            if (!isSaid(decided)) {
                lines.add(time + who(decided.session()) + "  " + decision(decided));
            }
        } else if (event instanceof Event.Answered answered) {
            Instant since = forwarded.getOrDefault(answered.decision(), entry.at());
            forwarded.remove(answered.decision());
            untold.computeIfAbsent(event.session(), session -> new ArrayDeque<>())
                    .add(new Untold(time, answered, Duration.between(since, entry.at())));
            lines.addAll(told(event.session()));
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
        rows(asked.session()).asked();
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

    /** What is left to be told when nothing comes any more. */
    List<String> rest() {
        return untold.keySet().stream()
                .sorted()
                .flatMap(session -> rest(session).stream())
                .toList();
    }

    /** The answers of a session whose rows have come; on record, an answer may stand before the last of its bytes. */
    private List<String> told(long session) {
        Deque<Untold> answers = untold.getOrDefault(session, new ArrayDeque<>());
        List<String> lines = new ArrayList<>();
        while (!answers.isEmpty() && rows(session).results() > 0) {
            lines.addAll(answered(answers.remove()));
        }
        if (rows(session).comeUnasked()) {
            String indent =
                    " ".repeat(CLOCK.length() + MORE.length() + who(session).length()) + "    ";
            rows(session).take().forEach(row -> lines.add(indent + row));
        }
        return lines;
    }

    /** The answers of a session, whether their rows have come or not. */
    private List<String> rest(long session) {
        Deque<Untold> answers = untold.getOrDefault(session, new ArrayDeque<>());
        List<String> lines = new ArrayList<>();
        while (!answers.isEmpty()) {
            lines.addAll(answered(answers.remove()));
        }
        return lines;
    }

    private List<String> answered(Untold untold) {
        Event.Answered answered = untold.answered;
        List<String> lines = new ArrayList<>();
        String indent =
                " ".repeat(untold.time.length() + who(answered.session()).length()) + "    ";
        rows(answered.session()).take().forEach(row -> lines.add(indent + row));
        String masked = answered.masked().isEmpty() ? "" : "  ▒ masked " + String.join(", ", answered.masked());
        lines.add(untold.time + who(answered.session()) + "  ◂ " + Visible.line(answered.result()) + "  "
                + Amount.words(untold.took) + Visible.line(masked));
        return lines;
    }

    /** An answer whose rows may still come. */
    private record Untold(String time, Event.Answered answered, Duration took) {}

    /** Whether it was told already that a statement runs: where its client waited, the approval says as much. */
    private boolean isSaid(Event.Decided decided) {
        if (decided.outcome().equals(APPROVED)) {
            approved.add(decided.decision());
        }
        return decided.outcome().equals(USED) && approved.remove(decided.decision());
    }

    private static String decision(Event.Decided decided) {
        String by = Visible.line(decided.by());
        String comment = decided.comment().isEmpty() ? "" : " \"" + Visible.line(decided.comment()) + '"';
        return switch (decided.outcome()) {
            case APPROVED -> "✔ approved by " + by + comment;
            case "approval" -> "✔ one approval, by " + by + comment;
            case StatementDocument.OPENED -> "· reason" + comment;
            case "granted" -> "✔ runs by the grant " + Visible.line(decided.request());
            case "revoked" -> "✘ grant " + Visible.line(decided.request()) + " revoked by " + by;
            case StatementDocument.VIEWED -> "· viewed by " + by;
            case "rejected" -> "✘ rejected by " + by + comment;
            case USED -> "✔ runs by the approval of " + Visible.line(decided.request());
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

    /** What reads a session's bytes; those before it began, its login, are not worth reading. */
    private Rows rows(long session) {
        return rows.computeIfAbsent(session, unknown -> Rows.of("", mostRows));
    }

    private String who(long session) {
        Event.Opened opened = sessions.get(session);
        return opened == null
                ? Id.text(Id.SESSION, session)
                : Visible.line(opened.user()) + "@" + Visible.line(Target.words(opened.upstream(), opened.database()));
    }
}
