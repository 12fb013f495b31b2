package dev.gatehouse.approvals;

import static dev.gatehouse.approvals.Desk.AGENT;
import static dev.gatehouse.approvals.Desk.CODE;
import static dev.gatehouse.approvals.Desk.ERIK;
import static dev.gatehouse.approvals.Desk.LENA;
import static dev.gatehouse.approvals.Desk.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.firewall.approval.Answer;
import dev.gatehouse.firewall.approval.Answer.Moved;
import dev.gatehouse.firewall.approval.Answer.Reason;
import dev.gatehouse.firewall.approval.Answer.Refused;
import dev.gatehouse.firewall.approval.Place;
import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Reviewer;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.audit.Recorder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestStore.class)
final class ApprovalsTest {

    private final Desk desk;
    private final ApprovalDesk approvals;
    private final Map<String, Place> places = new HashMap<>();

    ApprovalsTest(TestStore store) {
        desk = new Desk(store);
        approvals = desk.approvals;
    }

    @AfterEach
    void close() {
        approvals.close();
    }

    @Test
    void oneApprovalEndsATicketThatNeedsOne() {
        CompletableFuture<Ticket> ended = ask("req_1", 1);

        Answer answer = approvals.approve("req_1", Optional.of(CODE), LENA, "matches CHG-118");

        assertThat(answer).isInstanceOf(Moved.class);
        assertThat(ended).isCompletedWithValueMatching(t -> t instanceof Ticket.Used);
        assertThat(decisions())
                .containsExactly(
                        new Event.Decided(7, 99, "req_1", "approved", "lena", "matches CHG-118"),
                        new Event.Decided(7, 99, "req_1", "used", "", ""));
    }

    @Test
    void whoHasWaitedLongEnoughIsToldAlsoWhenItCannotBeRecorded() {
        CompletableFuture<Ticket> ended = ask("req_1", 1);
        desk.now = desk.now.plus(Desk.EXPIRES);
        desk.memory.broken = true;

        assertThatThrownBy(() -> desk.ask(desk.request("req_2", ERIK, 1), desk.applicant(100, Desk.PATIENCE)))
                .isInstanceOf(Recorder.JournalUnavailable.class);
        approvals.expireDue();

        assertThat(ended).isCompletedWithValueMatching(t -> t instanceof Ticket.Expired);
    }

    @Test
    void longTextsAreNotAllListedButFound() {
        for (int i = 0; i < 3; i++) {
            put("req_" + i, 1);
            desk.now = desk.now.plusSeconds(1);
            leave("req_" + i, "cancelled");
        }
        int length = approvals.find("req_0").orElseThrow().request().sql().length();

        assertThat(approvals.tickets(1000, 2L * length))
                .extracting(t -> t.request().id())
                .containsExactly("req_2", "req_1");
        assertThat(approvals.tickets(1000, 1)).hasSize(1);
        assertThat(approvals.find("req_0")).isPresent();
    }

    @Test
    void aTicketThatNeedsTwoStaysPendingAfterOne() {
        CompletableFuture<Ticket> ended = ask("req_1", 2);

        approvals.approve("req_1", Optional.empty(), LENA, "");

        assertThat(ended).isNotDone();
        assertThat(outcomes()).containsExactly("approval");

        approvals.approve("req_1", Optional.empty(), TOM, "");

        assertThat(ended).isCompletedWithValueMatching(t -> t instanceof Ticket.Used);
        assertThat(outcomes()).containsExactly("approval", "approved", "used");
    }

    @Test
    void onePersonCountsOnceTowardsTheNeeded() {
        CompletableFuture<Ticket> ended = ask("req_1", 2);
        approvals.approve("req_1", Optional.empty(), LENA, "");

        assertRefused(approvals.approve("req_1", Optional.empty(), LENA, ""), Reason.NOT_PERMITTED);
        assertThat(ended).isNotDone();
    }

    @Test
    void whoApprovedMayStillReject() {
        CompletableFuture<Ticket> ended = ask("req_1", 2);
        approvals.approve("req_1", Optional.empty(), LENA, "");

        approvals.reject("req_1", Optional.empty(), LENA, "I was wrong");

        assertThat(ended).isCompletedWithValueMatching(t -> t instanceof Ticket.Denied);
    }

    @Test
    void oneRejectionEndsATicket() {
        CompletableFuture<Ticket> ended = ask("req_1", 2);

        approvals.reject("req_1", Optional.of(CODE), LENA, "use the batch job");

        assertThat(ended).isCompletedWithValueMatching(t -> t instanceof Ticket.Denied);
        assertThat(decisions())
                .containsExactly(new Event.Decided(7, 99, "req_1", "rejected", "lena", "use the batch job"));
    }

    @Test
    void aTicketExpiresAtItsDeadlineAndNotBefore() {
        CompletableFuture<Ticket> ended = ask("req_1", 1);

        desk.now = desk.now.plus(Desk.EXPIRES).minusNanos(1);
        approvals.expireDue();
        assertThat(ended).isNotDone();

        desk.now = desk.now.plusNanos(1);
        approvals.expireDue();
        assertThat(ended).isCompletedWithValueMatching(t -> t instanceof Ticket.Expired);
        assertThat(outcomes()).containsExactly("expired");
    }

    @Test
    void anApprovalAfterTheDeadlineExpiresTheTicketInstead() {
        CompletableFuture<Ticket> ended = ask("req_1", 1);
        desk.now = desk.now.plus(Desk.EXPIRES);

        Answer answer = approvals.approve("req_1", Optional.empty(), LENA, "");

        assertThat(refused(answer, Reason.CLOSED).message()).contains("expired");
        assertThat(ended).isCompletedWithValueMatching(t -> t instanceof Ticket.Expired);
        assertThat(outcomes()).containsExactly("expired");
    }

    @Test
    void aRequesterWhoLeavesWithdrawsTheTicket() {
        CompletableFuture<Ticket> ended = ask("req_1", 1);

        leave("req_1", "disconnected");

        assertThat(ended)
                .isCompletedWithValueMatching(
                        t -> t instanceof Ticket.Withdrawn w && w.reason().equals("disconnected"));
        assertThat(outcomes()).containsExactly("withdrawn");
    }

    @Test
    void withdrawingWhatHasEndedChangesNothing() {
        put("req_1", 1);
        approvals.approve("req_1", Optional.empty(), LENA, "");

        leave("req_1", "cancelled");

        assertThat(outcomes()).containsExactly("approved", "used");
    }

    @Test
    void aClosedTicketSaysHowItEnded() {
        put("req_1", 1);
        approvals.reject("req_1", Optional.empty(), LENA, "no");

        Answer answer = approvals.approve("req_1", Optional.empty(), TOM, "");

        assertThat(refused(answer, Reason.CLOSED).message()).isEqualTo("req_1 is closed: rejected by lena");
    }

    @Test
    void anUnknownRequestIsSaidToBeUnknown() {
        assertRefused(approvals.approve("req_NONE", Optional.empty(), LENA, ""), Reason.UNKNOWN);
        assertThat(approvals.find("req_NONE")).isEmpty();
    }

    @Test
    void nobodyDecidesTheirOwnRequest() {
        put("req_1", 1);
        Reviewer erik = new Reviewer("Erik", Set.of("dba-leads"), false, "");

        assertRefused(approvals.approve("req_1", Optional.empty(), erik, ""), Reason.NOT_PERMITTED);
        assertRefused(approvals.reject("req_1", Optional.empty(), erik, "no"), Reason.NOT_PERMITTED);
        assertThat(outcomes()).isEmpty();
    }

    @Test
    void anAgentsOwnerDoesNotDecideForTheAgent() {
        CompletableFuture<Ticket> ended = ask(desk.request("req_1", AGENT, 1));
        Reviewer maya = new Reviewer("maya", Set.of("dba-leads"), true, "");

        assertRefused(approvals.approve("req_1", Optional.empty(), maya, ""), Reason.NOT_PERMITTED);
        assertThat(ended).isNotDone();
    }

    @Test
    void onlyReviewersOfTheFlowAndOperatorsDecide() {
        put("req_1", 3);
        Reviewer stranger = new Reviewer("dana", Set.of("support"), false, "");
        Reviewer named = new Reviewer("oncall", Set.of(), false, "");
        Reviewer operator = new Reviewer("root", Set.of(), true, "admin socket, uid 0");

        assertRefused(approvals.approve("req_1", Optional.empty(), stranger, ""), Reason.NOT_PERMITTED);
        assertThat(approvals.approve("req_1", Optional.empty(), named, "")).isInstanceOf(Moved.class);
        assertThat(approvals.approve("req_1", Optional.empty(), operator, "")).isInstanceOf(Moved.class);
        assertThat(decisions()).extracting(Event.Decided::by).containsExactly("oncall", "root (admin socket, uid 0)");
    }

    @Test
    void aWrongCodeIsRefused() {
        CompletableFuture<Ticket> ended = ask("req_1", 1);

        assertRefused(approvals.approve("req_1", Optional.of("0000-0000"), LENA, ""), Reason.CODE_MISMATCH);
        assertThat(ended).isNotDone();
    }

    @Test
    void aRejectionWithoutTheCommentTheFlowWantsIsRefused() {
        CompletableFuture<Ticket> ended = ask("req_1", 1);

        assertRefused(approvals.reject("req_1", Optional.empty(), LENA, " "), Reason.COMMENT_REQUIRED);
        assertThat(ended).isNotDone();
    }

    @Test
    void whatCannotBeRecordedDoesNotCount() {
        CompletableFuture<Ticket> ended = ask("req_1", 1);
        desk.memory.broken = true;

        assertRefused(approvals.approve("req_1", Optional.empty(), LENA, ""), Reason.JOURNAL);
        assertThat(ended).isNotDone();
        assertThat(approvals.lastPending()).isPresent();

        desk.memory.broken = false;
        assertThat(approvals.approve("req_1", Optional.empty(), LENA, "")).isInstanceOf(Moved.class);
    }

    @Test
    void aBrokenJournalDoesNotKeepAWithdrawnStatementWaiting() {
        CompletableFuture<Ticket> ended = ask("req_1", 1);
        desk.memory.broken = true;

        leave("req_1", "cancelled");

        assertThat(ended).isCompletedWithValueMatching(t -> t instanceof Ticket.Withdrawn);
    }

    @Test
    void theDecisionIsRecordedBeforeAnybodyIsTold() {
        List<Integer> recordedWhenTold = new ArrayList<>();
        CompletableFuture<Void> told = ask("req_1", 1).thenAccept(t -> recordedWhenTold.add(desk.memory.events.size()));

        approvals.approve("req_1", Optional.empty(), LENA, "");

        assertThat(told).isCompleted();
        assertThat(recordedWhenTold).containsExactly(3);
    }

    @Test
    void theDeskIsFreeWhileOthersAreTold() {
        List<Integer> seen = new ArrayList<>();
        CompletableFuture<Void> told = ask("req_1", 1).thenAccept(t -> CompletableFuture.runAsync(
                        () -> seen.add(approvals.tickets().size()))
                .join());

        approvals.approve("req_1", Optional.empty(), LENA, "");

        assertThat(told).isCompleted();
        assertThat(seen).containsExactly(1);
    }

    @Test
    void openTicketsAreListedFirstThenTheLatestEnded() {
        for (int i = 1; i <= 4; i++) {
            put("req_" + i, 1);
            desk.now = desk.now.plusSeconds(1);
        }
        leave("req_2", "cancelled");
        desk.now = desk.now.plusSeconds(1);
        leave("req_1", "cancelled");

        assertThat(approvals.tickets())
                .extracting(t -> t.request().id())
                .containsExactly("req_3", "req_4", "req_1", "req_2");
        assertThat(approvals.lastPending().orElseThrow().request().id()).isEqualTo("req_4");
    }

    @Test
    void onlySoManyEndedTicketsAreListed() {
        for (int i = 0; i <= 3; i++) {
            put("req_" + i, 1);
            desk.now = desk.now.plusSeconds(1);
            leave("req_" + i, "cancelled");
        }

        assertThat(approvals.tickets(3, Long.MAX_VALUE))
                .extracting(t -> t.request().id())
                .containsExactly("req_3", "req_2", "req_1");
        assertThat(approvals.find("req_0")).isPresent();
    }

    @Test
    void aFullDeskDeclinesWhatIsAskedNext() {
        for (int i = 0; i < Register.MOST_OPEN; i++) {
            put("req_" + i, 1);
        }

        CompletableFuture<Ticket> ended = ask("req_more", 1);

        assertThat(ended)
                .isCompletedWithValueMatching(
                        t -> t instanceof Ticket.Declined d && d.reason().equals("too many requests are open"));
        assertThat(outcomes()).containsExactly("declined");
        assertThat(approvals.find("req_more")).isEmpty();
    }

    @Test
    void anIdThatIsTakenIsNotGivenTwice() {
        CompletableFuture<Ticket> first = ask("req_1", 1);

        Place second = desk.ask(
                desk.request("req_1", "DELETE FROM orders", ERIK, Desk.flow(1)), desk.applicant(100, Desk.EXPIRES));

        assertThat(second.ticket().request().id()).matches("req_[0-9A-HJKMNP-TV-Z]{6}");
        assertThat(first).isNotDone();
    }

    @Test
    void idsAreShort() {
        assertThat(approvals.newId()).matches("req_[0-9A-HJKMNP-TV-Z]{4}");
    }

    private CompletableFuture<Ticket> ask(String id, int needed) {
        return ask(desk.request(id, ERIK, needed));
    }

    private CompletableFuture<Ticket> ask(Request request) {
        Place place = desk.ask(request, desk.applicant(99, Desk.EXPIRES));
        places.put(request.id(), place);
        return place.whenOver().toCompletableFuture();
    }

    private void leave(String id, String reason) {
        approvals.leave(Objects.requireNonNull(places.get(id)), reason, false);
    }

    /** Asks for something whose end this test does not look at. */
    private void put(String id, int needed) {
        assertThat(ask(id, needed)).isNotDone();
    }

    private List<Event.Decided> decisions() {
        return desk.memory.events.stream()
                .filter(Event.Decided.class::isInstance)
                .map(Event.Decided.class::cast)
                .toList();
    }

    private List<String> outcomes() {
        return decisions().stream().map(Event.Decided::outcome).toList();
    }

    private static void assertRefused(Answer answer, Reason reason) {
        assertThat(refused(answer, reason).message()).isNotBlank();
    }

    private static Refused refused(Answer answer, Reason reason) {
        assertThat(answer).isInstanceOf(Refused.class);
        Refused refused = (Refused) answer;
        assertThat(refused.reason()).isEqualTo(reason);
        return refused;
    }
}
