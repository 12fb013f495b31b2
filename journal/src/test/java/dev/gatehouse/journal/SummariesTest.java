package dev.gatehouse.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.audit.Verdict;
import dev.gatehouse.firewall.policy.Glob;
import dev.gatehouse.firewall.session.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the journal tells of sessions and statements, put together from its entries. */
final class SummariesTest {

    private static final Instant BEGIN = Instant.parse("2026-11-22T14:02:11Z");

    private final List<Event.Entry> entries = new ArrayList<>();

    SummariesTest() {
        at(0, opened(1, "erik@acme.test"));
        at(204, asked(1, 11, "UPDATE orders SET status='paid' WHERE id < 2000", Verdict.APPROVE, "req_7F3K"));
        at(300, opened(2, "maya@acme.test"));
        at(310, asked(2, 21, "DELETE FROM orders", Verdict.BLOCK, "a condition is missing"));
        at(400, new Event.TurnedAway(3, "10.0.0.9", "root", "unknown user"));
        at(100_000, new Event.Decided(1, 11, "req_7F3K", "approval", "dana@acme.test", ""));
        at(192_771, new Event.Decided(1, 11, "req_7F3K", "approved", "lena@acme.test", "matches CHG-118"));
        at(192_902, new Event.Answered(1, 11, "UPDATE 1999", false, List.of()));
        at(193_000, asked(2, 22, "select email from person", Verdict.ALLOW, ""));
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
                .filter(entry -> selection.since().isEmpty()
                        || !entry.at().isBefore(selection.since().get()))
                .iterator();
    }

    @Test
    void aListCountsEachSessionsStatements() {
        List<SessionSummary> sessions = Sessions.of(this::select, SessionFilter.ALL);

        assertThat(sessions).extracting(SessionSummary::session).containsExactly(1L, 2L, 3L);
        SessionSummary first = sessions.get(0);
        assertThat(first.id()).isEqualTo(Id.text(Id.SESSION, 1));
        assertThat(first.duration()).isEqualTo(Duration.ofSeconds(194));
        assertThat(first.asked()).contains(BEGIN.plusMillis(204));
        assertThat(first.end()).contains("client left");
        assertThat(List.of(first.statements(), first.blocked(), first.held())).containsExactly(1L, 0L, 1L);
        SessionSummary second = sessions.get(1);
        assertThat(List.of(second.statements(), second.blocked(), second.held()))
                .containsExactly(2L, 1L, 0L);
        assertThat(second.end()).isEmpty();
        assertThat(sessions.get(2).end()).contains("turned away: unknown user");
        assertThat(sessions.get(2).asked()).isEmpty();
    }

    @Test
    void aListIsFilteredByUserVerdictAndTime() {
        Optional<Instant> late = Optional.of(BEGIN.plusMillis(193_005));
        assertThat(list(Optional.empty(), "maya@*", Set.of())).containsExactly(2L);
        assertThat(list(Optional.empty(), "*a*@acme.test", Set.of())).containsExactly(2L);
        assertThat(list(Optional.empty(), "*", Set.of(Verdict.APPROVE))).containsExactly(1L);
        assertThat(list(late, "*", Set.of())).containsExactly(2L, 1L);
        assertThat(list(late, "erik@*", Set.of())).containsExactly(1L);
    }

    private List<Long> list(Optional<Instant> since, String user, Set<Verdict> verdicts) {
        SessionFilter filter = new SessionFilter(since, Optional.of(new Glob(user)), verdicts);
        return Sessions.of(this::select, filter).stream()
                .map(SessionSummary::session)
                .toList();
    }

    @Test
    void aStatementIsToldWithItsDecisionsAndItsAnswer() {
        Statements statements = new Statements(statement -> true, 0);
        entries.forEach(statements);

        assertThat(statements.summaries()).extracting(s -> s.asked().decision()).containsExactly(11L, 21L, 22L);
        StatementSummary held = statements.summaries().get(0);
        assertThat(held.user()).isEqualTo("erik@acme.test");
        assertThat(held.decisions()).extracting(d -> d.event().outcome()).containsExactly("approval", "approved");
        assertThat(held.decisions().get(1).waited()).isEqualTo(Duration.ofMillis(192_567));
        assertThat(held.answer())
                .hasValueSatisfying(answer -> assertThat(answer.took()).isEqualTo(Duration.ofMillis(131)));
        assertThat(statements.summaries().get(1).answer()).isEmpty();
        assertThat(statements.summaries().get(2).answer())
                .hasValueSatisfying(
                        answer -> assertThat(answer.event().failed()).isTrue());
    }

    @Test
    void onlyTheLatestStatementsThatPassAreKeptAndTheOthersCounted() {
        Statements statements = new Statements(statement -> statement.asked().verdict() != Verdict.ALLOW, 1);
        entries.forEach(statements);

        assertThat(statements.summaries()).extracting(StatementSummary::id).containsExactly(Id.text(Id.DECISION, 21));
        assertThat(statements.dropped()).isEqualTo(1);
    }

    @Test
    void aStatementWhoseSessionBeganBeforeTheJournalHasNoUser() {
        Statements statements = new Statements(statement -> true, 0);
        entries.subList(1, 2).forEach(statements);

        assertThat(statements.summaries()).singleElement().satisfies(statement -> {
            assertThat(statement.user()).isEmpty();
            assertThat(statement.opened()).isEmpty();
        });
    }
}
