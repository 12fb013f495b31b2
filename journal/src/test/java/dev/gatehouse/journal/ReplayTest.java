package dev.gatehouse.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.audit.Verdict;
import dev.gatehouse.firewall.session.Id;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReplayTest {

    private static final Instant BEGIN = Instant.parse("2026-11-22T14:02:11Z");

    private final List<Event.Entry> entries = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final Replay replay = new Replay(this::select);

    ReplayTest() {
        at(0, opened(1, "erik@acme.test"));
        at(204, asked(1, 11, "UPDATE orders SET status='paid' WHERE id < 2000", Verdict.APPROVE, "req_7F3K"));
        at(300, opened(2, "maya@acme.test"));
        at(310, asked(2, 21, "DELETE FROM orders", Verdict.BLOCK, "a condition is missing"));
        at(400, new Event.TurnedAway(3, "10.0.0.9", "root", "unknown user"));
        at(192_771, new Event.Decided(1, 11, "req_7F3K", "approved", "lena@acme.test", "matches CHG-118"));
        at(192_902, new Event.Answered(1, 11, "UPDATE 1999", false, List.of()));
        at(193_000, asked(2, 22, "select email\u001b[2J\nfrom person", Verdict.ALLOW, ""));
        at(193_010, new Event.Answered(2, 22, "42P01 relation \"person\" does not exist", true, List.of("emails")));
        at(194_000, new Event.Closed(1, "client left"));
    }

    private void at(long millis, Event event) {
        entries.add(new Event.Entry(BEGIN.plusMillis(millis), millis * 1_000_000, entries.size(), event));
    }

    private static Event opened(long session, String user) {
        return new Event.Opened(
                session, user, "human", List.of("eng"), "10.0.0.1", "psql", "postgres", "orders", "shop", "rw");
    }

    private static Event asked(long session, long decision, String sql, Verdict verdict, String detail) {
        return new Event.Asked(session, decision, sql, List.of(), verdict, "rule-of-" + decision, "pol_1", detail);
    }

    private Iterator<Event.Entry> select(Selection selection) {
        return entries.stream()
                .filter(entry -> selection.session().isEmpty()
                        || selection.session().getAsLong() == entry.event().session())
                .filter(entry -> selection.since().isEmpty()
                        || !entry.at().isBefore(selection.since().get()))
                .iterator();
    }

    @Test
    void aListCountsEachSessionsStatements() {
        List<SessionSummary> sessions = replay.sessions(SessionFilter.ALL);

        assertThat(sessions).extracting(SessionSummary::session).containsExactly(1L, 2L, 3L);
        SessionSummary first = sessions.get(0);
        assertThat(first.id()).isEqualTo(Id.text(Id.SESSION, 1));
        assertThat(first.who()).isEqualTo("erik@orders");
        assertThat(first.duration()).isEqualTo(Duration.ofSeconds(194));
        assertThat(first.end()).contains("client left");
        assertThat(List.of(first.statements(), first.blocked(), first.held())).containsExactly(1L, 0L, 1L);
        SessionSummary second = sessions.get(1);
        assertThat(List.of(second.statements(), second.blocked(), second.held()))
                .containsExactly(2L, 1L, 0L);
        assertThat(second.end()).isEmpty();
        assertThat(sessions.get(2).end()).contains("turned away: unknown user");
    }

    @Test
    void aListIsFilteredByUserVerdictAndTime() {
        assertThat(list(new SessionFilter(Optional.empty(), "maya@*", Set.of())))
                .containsExactly(2L);
        assertThat(list(new SessionFilter(Optional.empty(), "*a*@acme.test", Set.of())))
                .containsExactly(2L);
        assertThat(list(new SessionFilter(Optional.empty(), "", Set.of(Verdict.APPROVE))))
                .containsExactly(1L);
        assertThat(list(new SessionFilter(Optional.of(BEGIN.plusMillis(193_005)), "", Set.of())))
                .containsExactly(2L, 1L);
        assertThat(list(new SessionFilter(Optional.of(BEGIN.plusMillis(193_005)), "erik@*", Set.of())))
                .containsExactly(1L);
    }

    private List<Long> list(SessionFilter filter) {
        return replay.sessions(filter).stream().map(SessionSummary::session).toList();
    }

    @Test
    void aStatementIsToldWithItsDecisionAndItsAnswer() {
        assertThat(replay.statements(1)).singleElement().satisfies(statement -> {
            assertThat(statement.outcome()).isEqualTo("ok");
            assertThat(statement.settled())
                    .hasValueSatisfying(settled -> assertThat(settled.waited()).isEqualTo(Duration.ofMillis(192_567)));
            assertThat(statement.answered())
                    .hasValueSatisfying(answered -> assertThat(answered.took()).isEqualTo(Duration.ofMillis(131)));
        });
        assertThat(replay.statements(2)).extracting(StatementSummary::outcome).containsExactly("blocked", "error");
    }

    @Test
    void aReplayIsPrintedWithItsPausesAndWhatWasSkipped() throws Exception {
        assertThat(play(1, 2, Optional.of(Duration.ofSeconds(2)))).isEqualTo("""
                        14:02:11.000               ● opened  erik@acme.test from 10.0.0.1 to orders/shop as rw  psql
                        14:02:11.204  erik@orders  ▸ UPDATE orders SET status='paid' WHERE id < 2000
                        14:02:11.204               ⏸ held  req_7F3K  rule-of-11  (3 min 12 s, skipped)
                        14:05:23.771               ✔ approved by lena@acme.test "matches CHG-118"
                        14:05:23.902               ◂ UPDATE 1999                              131 ms
                        14:05:25.000               ○ closed  client left
                        """);
        assertThat(pauses)
                .containsExactly(
                        Duration.ofMillis(102),
                        Duration.ofSeconds(2),
                        Duration.ofNanos(65_500_000),
                        Duration.ofMillis(549));
    }

    @Test
    void aHostileStatementDoesNotReachTheTerminal() throws Exception {
        String text = play(2, 1, Optional.empty());

        assertThat(text)
                .contains("▸ select email\\x1b[2J\\nfrom person\n")
                .contains("✗ blocked  " + Id.text(Id.DECISION, 21) + "  rule-of-21  a condition is missing\n")
                .contains("◂ error 42P01 relation \"person\" does not exist 10 ms  masked: emails\n");
        assertThat(text.chars().filter(c -> c < ' ' && c != '\n')).isEmpty();
        assertThat(TerminalText.neutral("a\u202eb\u200bc\u009bd😀é\ud800"))
                .isEqualTo("a\\u{202e}b\\u{200b}c\\x9bd😀é\\u{d800}");
    }

    @Test
    void anUnknownSessionAndAnImpossibleSpeedAreRefused() {
        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(() -> play(9, 1, Optional.empty()))
                .withMessageContaining("ses_9");
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> play(1, 0, Optional.empty()));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> play(1, Double.NaN, Optional.empty()));
    }

    private String play(long session, double speed, Optional<Duration> maxIdle)
            throws IOException, InterruptedException {
        StringBuilder out = new StringBuilder();
        replay.play(session, speed, maxIdle, ZoneOffset.UTC, pauses::add, out);
        return out.toString();
    }
}
