package dev.gatehouse.firewall.approval;

import static dev.gatehouse.firewall.approval.Desk.AGENT;
import static dev.gatehouse.firewall.approval.Desk.CODE;
import static dev.gatehouse.firewall.approval.Desk.ERIK;
import static dev.gatehouse.firewall.approval.Desk.LENA;
import static dev.gatehouse.firewall.approval.Desk.TOM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.approval.Answer.Moved;
import dev.gatehouse.firewall.approval.Answer.Reason;
import dev.gatehouse.firewall.approval.Answer.Refused;
import dev.gatehouse.firewall.audit.Event;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class ApprovalsTest {

    private final Desk desk = new Desk();
    private final Approvals approvals = desk.approvals;

    @Test
    void oneApprovalEndsATicketThatNeedsOne() {
        CompletableFuture<Ticket> ended = ask("req_1", 1);

        Answer answer = approvals.approve("req_1", Optional.of(CODE), LENA, "matches CHG-118");

        assertThat(answer).isInstanceOf(Moved.class);
        assertThat(ended).isCompletedWithValueMatching(t -> t instanceof Ticket.Approved);
        assertThat(desk.memory.events)
                .containsExactly(new Event.Decided(7, 99, "req_1", "approved", "lena", "matches CHG-118"));
    }

    @Test
    void aTicketThatNeedsTwoStaysPendingAfterOne() {
        CompletableFuture<Ticket> ended = ask("req_1", 2);

        approvals.approve("req_1", Optional.empty(), LENA, "");

        assertThat(ended).isNotDone();
        assertThat(outcomes()).containsExactly("approval");

        approvals.approve("req_1", Optional.empty(), TOM, "");

        assertThat(ended).isCompletedWithValueMatching(t -> t instanceof Ticket.Approved);
        assertThat(outcomes()).containsExactly("approval", "approved");
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
        assertThat(desk.memory.events)
                .containsExactly(new Event.Decided(7, 99, "req_1", "rejected", "lena", "use the batch job"));
    }

    @Test
    void aTicketExpiresAtItsDeadlineAndNotBefore() {
        CompletableFuture<Ticket> ended = ask("req_1", 1);

        desk.now = desk.now.plus(Desk.PATIENCE).minusNanos(1);
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
        desk.now = desk.now.plus(Desk.PATIENCE);

        Answer answer = approvals.approve("req_1", Optional.empty(), LENA, "");

        assertThat(refused(answer, Reason.CLOSED).message()).contains("expired");
        assertThat(ended).isCompletedWithValueMatching(t -> t instanceof Ticket.Expired);
        assertThat(outcomes()).containsExactly("expired");
    }

    @Test
    void aRequesterWhoLeavesWithdrawsTheTicket() {
        CompletableFuture<Ticket> ended = ask("req_1", 1);

        approvals.withdraw("req_1", "disconnected");

        assertThat(ended)
                .isCompletedWithValueMatching(
                        t -> t instanceof Ticket.Withdrawn w && w.reason().equals("disconnected"));
        assertThat(outcomes()).containsExactly("withdrawn");
    }

    @Test
    void withdrawingWhatHasEndedChangesNothing() {
        put("req_1", 1);
        approvals.approve("req_1", Optional.empty(), LENA, "");

        approvals.withdraw("req_1", "cancelled");
        approvals.withdraw("req_unknown", "cancelled");

        assertThat(outcomes()).containsExactly("approved");
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
        assertThat(desk.memory.events).isEmpty();
    }

    @Test
    void anAgentsOwnerDoesNotDecideForTheAgent() {
        CompletableFuture<Ticket> ended =
                approvals.ask(desk.request("req_1", AGENT, 1), 99).toCompletableFuture();
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

        approvals.withdraw("req_1", "cancelled");

        assertThat(ended).isCompletedWithValueMatching(t -> t instanceof Ticket.Withdrawn);
    }

    @Test
    void theDecisionIsRecordedBeforeAnybodyIsTold() {
        List<Integer> recordedWhenTold = new ArrayList<>();
        CompletableFuture<Void> told = ask("req_1", 1).thenAccept(t -> recordedWhenTold.add(desk.memory.events.size()));

        approvals.approve("req_1", Optional.empty(), LENA, "");

        assertThat(told).isCompleted();
        assertThat(recordedWhenTold).containsExactly(1);
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
        put("req_1", 1);
        put("req_2", 1);
        put("req_3", 1);
        put("req_4", 1);
        approvals.withdraw("req_2", "cancelled");
        approvals.withdraw("req_1", "cancelled");

        assertThat(approvals.tickets())
                .extracting(t -> t.request().id())
                .containsExactly("req_3", "req_4", "req_1", "req_2");
        assertThat(approvals.lastPending().orElseThrow().request().id()).isEqualTo("req_4");
    }

    @Test
    void onlySoManyEndedTicketsAreRemembered() {
        for (int i = 0; i <= Approvals.MOST_ENDED; i++) {
            put("req_" + i, 1);
            approvals.withdraw("req_" + i, "cancelled");
        }

        assertThat(approvals.tickets()).hasSize(Approvals.MOST_ENDED);
        assertThat(approvals.find("req_0")).isEmpty();
        assertThat(approvals.find("req_1")).isPresent();
    }

    @Test
    void aFullDeskWithdrawsWhatIsAskedNext() {
        for (int i = 0; i < Approvals.MOST_PENDING; i++) {
            put("req_" + i, 1);
        }

        CompletableFuture<Ticket> ended = ask("req_more", 1);

        assertThat(ended)
                .isCompletedWithValueMatching(
                        t -> t instanceof Ticket.Withdrawn w && w.reason().equals("too many requests wait"));
        assertThat(outcomes()).containsExactly("withdrawn");
        assertThat(approvals.find("req_more")).isEmpty();
    }

    @Test
    void anIdThatIsTakenDoesNotReplaceTheFirstRequest() {
        CompletableFuture<Ticket> first = ask("req_1", 1);

        assertThat(ask("req_1", 1)).isCompletedWithValueMatching(t -> t instanceof Ticket.Withdrawn);
        assertThat(first).isNotDone();
    }

    @Test
    void idsAreShortAndNeverDrawnTwice() {
        Set<String> drawn = new HashSet<>();
        for (int i = 0; i < 5000; i++) {
            String id = approvals.newId();
            assertThat(id).matches("req_[0-9A-HJKMNP-TV-Z]{4,6}");
            assertThat(drawn.add(id)).as(id).isTrue();
        }
    }

    private CompletableFuture<Ticket> ask(String id, int needed) {
        return approvals.ask(desk.request(id, ERIK, needed), 99).toCompletableFuture();
    }

    /** Asks for something whose end this test does not look at. */
    private void put(String id, int needed) {
        assertThat(ask(id, needed)).isNotDone();
    }

    private List<Event.Decided> decisions() {
        return desk.memory.events.stream().map(Event.Decided.class::cast).toList();
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
