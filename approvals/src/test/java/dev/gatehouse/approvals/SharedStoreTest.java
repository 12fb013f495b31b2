package dev.gatehouse.approvals;

import static dev.gatehouse.approvals.Desk.ERIK;
import static dev.gatehouse.approvals.Desk.LENA;
import static dev.gatehouse.approvals.Desk.TOM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.approval.Answer;
import dev.gatehouse.firewall.approval.Answer.Moved;
import dev.gatehouse.firewall.approval.Applicant;
import dev.gatehouse.firewall.approval.Place;
import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Reviewer;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.firewall.audit.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Two gateways over one store: what is asked at one is decided at the other, and runs once. */
@ParameterizedClass
@EnumSource(TestStore.class)
final class SharedStoreTest {

    private static final int MANY = 16;

    private final StoreSettings settings;
    private final Desk here;
    private final Desk there;

    SharedStoreTest(TestStore store) {
        settings = store.settings();
        here = new Desk(settings);
        there = new Desk(settings);
    }

    @AfterEach
    void close() {
        here.approvals.close();
        there.approvals.close();
    }

    @Test
    void whatIsHeldAtOneGatewayIsApprovedAtTheOther() {
        Place place = here.ask(here.request("req_1", ERIK, 1), here.applicant(99, Desk.PATIENCE));

        Answer answer = there.approvals.approve("req_1", Optional.of(Desk.CODE), LENA, "fine");
        assertThat(answer).isInstanceOfSatisfying(Moved.class, moved -> assertThat(moved.ticket())
                .isInstanceOf(Ticket.Approved.class));
        assertThat(place.isOver()).isFalse();

        here.approvals.tick();
        assertThat(place.now()).isInstanceOfSatisfying(Ticket.Used.class, used -> assertThat(used.decision())
                .isEqualTo(99));
        assertThat(there.approvals.find("req_1").orElseThrow()).isInstanceOf(Ticket.Used.class);
        assertThat(outcomes(there)).containsExactly("approved");
        assertThat(outcomes(here)).containsExactly("used");
    }

    @Test
    void whatIsRejectedAtTheOtherGatewayEndsTheWaitingHere() {
        Place place = here.ask(here.request("req_1", ERIK, 1), here.applicant(99, Desk.PATIENCE));

        there.approvals.reject("req_1", Optional.empty(), LENA, "use the batch job");
        here.approvals.tick();

        assertThat(place.now()).isInstanceOfSatisfying(Ticket.Denied.class, denied -> assertThat(
                        denied.vote().comment())
                .isEqualTo("use the batch job"));
    }

    @Test
    void theSameStatementAtBothGatewaysIsOneRequestAndRunsOnce() {
        Place first = here.ask(here.request("req_1", ERIK, 1), here.applicant(99, Desk.PATIENCE));
        Place second = there.ask(request("req_2", "req_1"), there.applicant(100, Desk.PATIENCE));
        assertThat(second.ticket().request().id()).isEqualTo("req_1");

        there.approvals.approve("req_1", Optional.empty(), LENA, "");
        here.approvals.tick();

        assertThat(second.now()).isInstanceOfSatisfying(Ticket.Used.class, used -> assertThat(used.decision())
                .isEqualTo(100));
        assertThat(first.now()).isInstanceOfSatisfying(Ticket.Used.class, used -> assertThat(used.decision())
                .isEqualTo(100));
    }

    @Test
    void aTicketOpenedAtOneGatewayIsUsedAtTheOther() {
        here.ask(here.request("req_1", ERIK, 1), here.applicant(99, Duration.ZERO));
        here.approvals.approve("req_1", Optional.empty(), LENA, "");

        Place place = there.ask(request("req_2", "req_1"), there.applicant(100, Duration.ZERO));

        assertThat(place.now()).isInstanceOfSatisfying(Ticket.Used.class, used -> assertThat(used.decision())
                .isEqualTo(100));
    }

    @Test
    void votesAtBothGatewaysCountTogetherAndOnePersonOnce() {
        Place place = here.ask(here.request("req_1", ERIK, 2), here.applicant(99, Desk.PATIENCE));
        here.approvals.approve("req_1", Optional.empty(), LENA, "");

        assertThat(there.approvals.approve("req_1", Optional.empty(), LENA, "")).isInstanceOf(Answer.Refused.class);
        assertThat(there.approvals.approve("req_1", Optional.empty(), TOM, "")).isInstanceOf(Moved.class);

        here.approvals.tick();
        assertThat(place.now()).isInstanceOf(Ticket.Used.class);
    }

    @Test
    void whoCancelsHereLeavesThoseWhoWaitThereInPeace() {
        Place first = here.ask(here.request("req_1", ERIK, 1), here.applicant(99, Desk.PATIENCE));
        Place second = there.ask(request("req_2", "req_1"), there.applicant(100, Desk.PATIENCE));

        here.approvals.leave(first, "cancelled", false);
        assertThat(there.approvals.find("req_1").orElseThrow()).isInstanceOf(Ticket.Pending.class);

        there.approvals.leave(second, "cancelled", false);
        assertThat(here.approvals.find("req_1").orElseThrow()).isInstanceOf(Ticket.Withdrawn.class);
    }

    @Test
    void whoeverWatchesHereIsToldOfAVoteThere() {
        here.ask(here.request("req_1", ERIK, 2), here.applicant(99, Duration.ZERO));
        List<String> told = new ArrayList<>();
        here.approvals.watch("req_1", () -> told.add("moved"));
        assertThat(here.approvals.find("req_1")).isPresent();

        here.approvals.tick();
        assertThat(told).isEmpty();

        there.approvals.approve("req_1", Optional.empty(), LENA, "");
        here.approvals.tick();
        assertThat(told).containsExactly("moved");
    }

    @Test
    void whoWatchesAndFailsKeepsNobodyElseFromBeingTold() {
        Place place = here.ask(here.request("req_1", ERIK, 1), here.applicant(99, Desk.PATIENCE));
        List<String> told = new ArrayList<>();
        here.approvals.watch("req_1", () -> {
            throw new IllegalStateException("this watcher fails");
        });
        here.approvals.watch("req_1", () -> told.add("moved"));

        assertThat(here.approvals.approve("req_1", Optional.empty(), LENA, "")).isInstanceOf(Moved.class);

        assertThat(told).containsExactly("moved");
        assertThat(place.now()).isInstanceOf(Ticket.Used.class);
    }

    @Test
    void ofManyThatComeAtOnceToAnApprovalOneRuns() throws Exception {
        here.ask(here.request("req_1", ERIK, 1), here.applicant(99, Duration.ZERO));
        here.approvals.approve("req_1", Optional.empty(), LENA, "");

        List<Place> places = atOnce(number -> {
            Desk desk = number % 2 == 0 ? here : there;
            return desk.ask(request("req_x" + number, "req_1"), desk.applicant(100 + number, Duration.ZERO));
        });

        long ran = places.stream().filter(SharedStoreTest::mayRun).count();
        assertThat(ran).isEqualTo(1);
    }

    @Test
    void ofManyThatWaitAtBothOneRunsWhoeverSettlesFirst() throws Exception {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < Intake.MOST_PLACES; i++) {
            Desk desk = i % 2 == 0 ? here : there;
            places.add(desk.ask(request("req_x" + i, "req_1"), desk.applicant(100 + i, Desk.PATIENCE)));
        }
        String id = places.get(0).ticket().request().id();

        atOnce(number -> {
            Desk desk = number % 2 == 0 ? here : there;
            if (number < 4) {
                Reviewer by = new Reviewer("reviewer" + number, Set.of("dba-leads"), false, "");
                return desk.approvals.approve(id, Optional.empty(), by, "");
            }
            desk.approvals.tick();
            return number;
        });
        here.approvals.tick();
        there.approvals.tick();

        assertThat(places).allSatisfy(place -> assertThat(place.now()).isInstanceOf(Ticket.Used.class));
        assertThat(places.stream().filter(SharedStoreTest::mayRun)).hasSize(1);
        assertThat(outcomes(here).stream().filter("used"::equals).count()
                        + outcomes(there).stream().filter("used"::equals).count())
                .isEqualTo(1);
    }

    @Test
    void oneReviewerWhoVotesManyTimesAtOnceCountsOnce() throws Exception {
        here.ask(here.request("req_1", ERIK, 2), here.applicant(99, Duration.ZERO));

        List<Answer> answers = atOnce(
                number -> (number % 2 == 0 ? here : there).approvals.approve("req_1", Optional.empty(), LENA, ""));

        assertThat(answers.stream().filter(Moved.class::isInstance)).hasSize(1);
        assertThat(here.approvals.find("req_1").orElseThrow())
                .isInstanceOfSatisfying(Ticket.Pending.class, pending -> assertThat(pending.approvals())
                        .hasSize(1));
    }

    @Test
    void manyOfTheSameAskedAtOnceAreOneRequest() throws Exception {
        List<Place> places = atOnce(number -> {
            Desk desk = number % 2 == 0 ? here : there;
            return desk.ask(request("req_x" + number, "req_1"), desk.applicant(100 + number, Duration.ZERO));
        });

        assertThat(places.stream().map(place -> place.ticket().request().id()).distinct())
                .hasSize(1);
        assertThat(here.approvals.tickets()).hasSize(1);
    }

    @Test
    void aGatewayWhoseClockIsWrongDoesNotLetRequestsExpireSoonerOrLater() {
        Instant store = here.now;
        Desk wrong = new Desk(settings, Optional.of(() -> store));
        wrong.now = store.plus(Duration.ofDays(2));
        try {
            Place place = wrong.ask(wrong.request("req_1", ERIK, 1), wrong.applicant(99, Duration.ZERO));
            assertThat(place.ticket().request().asked()).isEqualTo(store);
            assertThat(place.ticket().request().deadline()).isEqualTo(store.plus(Desk.EXPIRES));

            wrong.approvals.expireDue();
            assertThat(here.approvals.find("req_1").orElseThrow()).isInstanceOf(Ticket.Pending.class);

            here.now = store.plus(Desk.EXPIRES);
            here.approvals.expireDue();
            assertThat(wrong.approvals.find("req_1").orElseThrow()).isInstanceOf(Ticket.Expired.class);
        } finally {
            wrong.approvals.close();
        }
    }

    @Test
    void whatTheServerAnsweredIsKnownEverywhere() {
        Place place = here.ask(here.request("req_1", ERIK, 1), here.applicant(99, Desk.PATIENCE));
        here.approvals.approve("req_1", Optional.empty(), LENA, "");
        assertThat(place.now()).isInstanceOf(Ticket.Used.class);
        assertThat(result(there)).isEmpty();

        here.approvals.listening(here.memory).record(new Event.Answered(7, 99, "UPDATE 3", false, List.of()));

        assertThat(result(here)).contains("UPDATE 3");
        assertThat(result(there)).contains("UPDATE 3");
    }

    @Test
    void anErrorOfTheServerIsKnownByItsCodeAlone() {
        here.ask(here.request("req_1", ERIK, 1), here.applicant(99, Desk.PATIENCE));
        here.approvals.approve("req_1", Optional.empty(), LENA, "");

        here.approvals
                .listening(here.memory)
                .record(new Event.Answered(7, 99, "23505 duplicate key (email)=(a@b.test)", true, List.of()));

        assertThat(result(there)).contains("failed: 23505");
    }

    private static Optional<String> result(Desk desk) {
        return desk.approvals
                .find("req_1")
                .map(Ticket.Used.class::cast)
                .orElseThrow()
                .result();
    }

    /** A request of its own for the statement of another. */
    private Request request(String id, String like) {
        Request same = here.request(like, ERIK, 1);
        return same.with(id, same.asked(), same.deadline());
    }

    private static boolean mayRun(Place place) {
        Applicant applicant = place.applicant();
        return place.now() instanceof Ticket.Used used && used.decision() == applicant.decision();
    }

    private static List<String> outcomes(Desk desk) {
        return List.copyOf(desk.memory.events).stream()
                .map(event -> event instanceof Event.Decided decided ? decided.outcome() : "")
                .filter(outcome -> !outcome.isEmpty())
                .toList();
    }

    /** What many do who begin at the same moment. */
    private static <T extends @Nullable Object> List<T> atOnce(Numbered<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(MANY);
        try {
            CyclicBarrier start = new CyclicBarrier(MANY);
            List<Callable<T>> all = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                int number = i;
                all.add(() -> {
                    start.await();
                    return work.call(number);
                });
            }
            List<T> made = new ArrayList<>();
            for (Future<T> done : threads.invokeAll(all)) {
                made.add(done.get());
            }
            return made;
        } finally {
            threads.shutdownNow();
        }
    }

    private interface Numbered<T extends @Nullable Object> {
        T call(int number);
    }
}
