package dev.gatehouse.approvals;

import static dev.gatehouse.approvals.Desk.AGENT;
import static dev.gatehouse.approvals.Desk.ERIK;
import static dev.gatehouse.approvals.Desk.LENA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.firewall.approval.Answer;
import dev.gatehouse.firewall.approval.Applicant;
import dev.gatehouse.firewall.approval.Place;
import dev.gatehouse.firewall.approval.Reviewer;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.audit.Recorder.JournalUnavailable;
import dev.gatehouse.firewall.policy.Flow;
import dev.gatehouse.firewall.session.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The same statement sent again comes to the same request, and an approval is spent once. */
@ParameterizedClass
@EnumSource(TestStore.class)
final class TicketsTest {

    private static final String SQL = "UPDATE orders SET status = 'paid' WHERE id = 1";
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private final StoreSettings settings;
    private final Desk desk;
    private final ApprovalDesk approvals;
    private int requests;
    private long decisions = 100;

    TicketsTest(TestStore store) {
        settings = store.settings();
        desk = new Desk(settings);
        approvals = desk.approvals;
    }

    @AfterEach
    void close() {
        approvals.close();
    }

    @Test
    void whoHasWaitedLongEnoughIsToldThatTheRequestStays() {
        Place first = send(PATIENCE);

        desk.now = desk.now.plus(PATIENCE);
        approvals.expireDue();

        assertThat(end(first)).isInstanceOf(Ticket.Pending.class);
        assertThat(approvals.find("req_1").orElseThrow()).isInstanceOf(Ticket.Pending.class);
    }

    @Test
    void theSameStatementSentAgainComesToTheSameRequest() {
        send(Duration.ZERO);
        Place again = send(Duration.ZERO);

        assertThat(again.isOver()).isTrue();
        assertThat(again.ticket().request().id()).isEqualTo("req_1");
        assertThat(approvals.tickets()).hasSize(1);
        assertThat(asked()).extracting(Event.Asked::detail).containsExactly("req_1", "req_1");
    }

    @Test
    void fiftyThatAreTheSameAreOneRequestAndRunOnce() {
        for (int i = 0; i < 50; i++) {
            send(Duration.ZERO);
        }
        assertThat(approvals.tickets()).hasSize(1);
        approve("req_1");

        Place first = send(Duration.ZERO);
        Place second = send(Duration.ZERO);

        assertThat(end(first)).isInstanceOfSatisfying(Ticket.Used.class, used -> assertThat(used.decision())
                .isEqualTo(decision(first)));
        assertThat(end(second)).isInstanceOf(Ticket.Pending.class);
        assertThat(second.ticket().request().id()).isEqualTo("req_52");
        assertThat(moves()).containsExactly("approved", "used");
    }

    @Test
    void ofSeveralThatWaitOneRunsAndTheOthersAreToldSo() {
        Place first = send(PATIENCE);
        Place second = send(PATIENCE);
        Place third = send(PATIENCE);
        Place fourth = send(PATIENCE);

        assertThat(end(fourth)).as("no more than three wait").isInstanceOf(Ticket.Pending.class);
        approve("req_1");

        for (Place place : List.of(first, second, third)) {
            assertThat(end(place)).isInstanceOfSatisfying(Ticket.Used.class, used -> assertThat(used.decision())
                    .isEqualTo(decision(first)));
        }
    }

    @Test
    void anApprovalIsGoodForItsTimeAndNoLonger() {
        send(Duration.ZERO);
        approve("req_1");

        desk.now = desk.now.plus(Desk.RUN_WITHIN);
        approvals.expireDue();

        assertThat(approvals.find("req_1").orElseThrow()).isInstanceOf(Ticket.Expired.class);
        assertThat(end(send(Duration.ZERO))).isInstanceOf(Ticket.Pending.class);
        assertThat(moves()).containsExactly("approved", "expired");
    }

    @Test
    void anApprovalOfSomebodyElseOrOfAnotherFlowIsNotUsed() {
        send(Duration.ZERO);
        approve("req_1");

        assertThat(end(send(AGENT, SQL, Desk.flow(1), Duration.ZERO))).isInstanceOf(Ticket.Pending.class);
        assertThat(end(send(ERIK, SQL + " ", Desk.flow(1), Duration.ZERO))).isInstanceOf(Ticket.Pending.class);
        assertThat(end(send(ERIK, SQL, Desk.flow(2), Duration.ZERO))).isInstanceOf(Ticket.Pending.class);
        assertThat(end(send(ERIK, SQL, Desk.flow(1), Duration.ZERO))).isInstanceOf(Ticket.Used.class);
    }

    @Test
    void whatWasRejectedStaysSoForAWhile() {
        send(Duration.ZERO);
        assertThat(approvals.reject("req_1", Optional.empty(), LENA, "use the batch job"))
                .isInstanceOf(Answer.Moved.class);

        assertThat(end(send(PATIENCE))).isInstanceOf(Ticket.Denied.class);

        desk.now = desk.now.plus(Register.REJECTION_STANDS);
        assertThat(end(send(Duration.ZERO))).isInstanceOf(Ticket.Pending.class);
    }

    @Test
    void oneIdentityHasOnlySoManyOpen() {
        Flow narrow = narrow();
        assertThat(end(send(AGENT, "UPDATE a", narrow, Duration.ZERO))).isInstanceOf(Ticket.Pending.class);
        assertThat(end(send(AGENT, "UPDATE b", narrow, Duration.ZERO))).isInstanceOf(Ticket.Pending.class);

        assertThat(end(send(AGENT, "UPDATE c", narrow, Duration.ZERO)))
                .isInstanceOfSatisfying(Ticket.Declined.class, declined -> assertThat(declined.reason())
                        .isEqualTo("support-agent has 2 requests open, as many as dba-review allows"));
        assertThat(end(send(AGENT, "UPDATE a", narrow, Duration.ZERO)))
                .as("what is open may be sent again")
                .isInstanceOf(Ticket.Pending.class);
        assertThat(end(send(ERIK, "UPDATE c", narrow, Duration.ZERO))).isInstanceOf(Ticket.Pending.class);
    }

    @Test
    void aClientThatGoesLeavesItsRequestWhereItMayBeSentAgain() {
        Place waiting = send(PATIENCE);

        approvals.leave(waiting, "disconnected", true);

        assertThat(end(waiting)).isInstanceOf(Ticket.Withdrawn.class);
        assertThat(approvals.find("req_1").orElseThrow()).isInstanceOf(Ticket.Pending.class);
        assertThat(moves()).isEmpty();
    }

    @Test
    void oneOfSeveralThatCancelsTakesOnlyItselfBack() {
        Place first = send(PATIENCE);
        Place second = send(PATIENCE);

        approvals.leave(first, "cancelled", false);
        assertThat(end(first)).isInstanceOf(Ticket.Withdrawn.class);
        assertThat(approvals.find("req_1").orElseThrow()).isInstanceOf(Ticket.Pending.class);

        approvals.leave(second, "cancelled", false);
        assertThat(approvals.find("req_1").orElseThrow()).isInstanceOf(Ticket.Withdrawn.class);
    }

    @Test
    void theRequesterAndTheOwnerMayTakeItBackAndNobodyElse() {
        Reviewer owner = new Reviewer("maya", Set.of(), false, "");
        send(AGENT, SQL, Desk.flow(1), Duration.ZERO);

        assertThat(approvals.withdraw("req_1", LENA)).isInstanceOf(Answer.Refused.class);
        assertThat(approvals.withdraw("req_1", owner)).isInstanceOf(Answer.Moved.class);
        assertThat(approvals.withdraw("req_1", owner)).isInstanceOf(Answer.Refused.class);
        assertThat(moves()).containsExactly("withdrawn");
    }

    @Test
    void anApprovalThatIsTakenBackIsNotUsed() {
        send(Duration.ZERO);
        approve("req_1");

        assertThat(approvals.withdraw("req_1", new Reviewer("erik", Set.of(), false, "")))
                .isInstanceOf(Answer.Moved.class);

        assertThat(end(send(Duration.ZERO))).isInstanceOf(Ticket.Pending.class);
    }

    @Test
    void whatCannotBeRecordedIsNotUsed() {
        send(Duration.ZERO);
        approve("req_1");
        desk.memory.broken = true;

        assertThatThrownBy(() -> send(Duration.ZERO)).isInstanceOf(JournalUnavailable.class);

        desk.memory.broken = false;
        assertThat(end(send(Duration.ZERO))).isInstanceOf(Ticket.Used.class);
    }

    @Test
    void aUseThatCannotBeRecordedWhileSomebodyWaitsLeavesTheApproval() {
        Place waiting = send(PATIENCE);
        desk.memory.room = 1;

        approve("req_1");

        assertThat(end(waiting)).isInstanceOf(Ticket.Approved.class);
        desk.memory.room = Integer.MAX_VALUE;
        assertThat(end(send(Duration.ZERO))).isInstanceOf(Ticket.Used.class);
    }

    @Test
    void aUseThatCannotBeRecordedEndsAnApprovalThatWasGoodOnlyForThoseWhoWaited() {
        Place waiting = desk.ask(desk.request("req_1", SQL, ERIK, Desk.flow(1)), bound(100));
        desk.memory.room = 1;

        approve("req_1");

        desk.memory.room = Integer.MAX_VALUE;
        assertThat(end(waiting)).isInstanceOf(Ticket.Approved.class);
        assertThat(approvals.find("req_1").orElseThrow())
                .isInstanceOfSatisfying(Ticket.Withdrawn.class, withdrawn -> assertThat(withdrawn.reason())
                        .isEqualTo("its use could not be recorded"));
        Place again = desk.ask(desk.request("req_2", SQL, ERIK, Desk.flow(1)), bound(101));
        assertThat(again.ticket()).isInstanceOf(Ticket.Pending.class);
        assertThat(again.ticket().request().id()).isEqualTo("req_2");
    }

    @Test
    void anApprovalThatWasGoodOnlyForThoseWhoWaitedIsNotUsedByWhoComesLater() {
        Place waiting = desk.ask(desk.request("req_1", SQL, ERIK, Desk.flow(1)), bound(100));
        Desk elsewhere = new Desk(settings);
        assertThat(elsewhere.approvals.approve("req_1", Optional.empty(), LENA, ""))
                .as("at a gateway where nobody waits")
                .isInstanceOf(Answer.Moved.class);
        approvals.leave(waiting, "disconnected", true);

        Place later = desk.ask(desk.request("req_2", SQL, ERIK, Desk.flow(1)), bound(101));

        elsewhere.approvals.close();
        assertThat(later.ticket()).isInstanceOf(Ticket.Pending.class);
        assertThat(later.ticket().request().id()).isEqualTo("req_2");
        assertThat(approvals.find("req_1").orElseThrow()).isInstanceOf(Ticket.Withdrawn.class);
    }

    @Test
    void whatMayNotWaitRunsIfItIsApprovedAndElseLeavesNoRequest() {
        Applicant impatient = desk.applicant(100, Duration.ZERO);
        Event.Asked refused = impatient.asked();
        Applicant inTransaction = new Applicant(refused, impatient.until(), true, Optional.of(refused));

        assertThat(desk.ask(desk.request("req_1", SQL, ERIK, Desk.flow(1)), inTransaction)
                        .now())
                .isInstanceOf(Ticket.Declined.class);
        assertThat(approvals.tickets()).isEmpty();

        send(Duration.ZERO);
        approve("req_1");
        assertThat(desk.ask(desk.request("req_2", SQL, ERIK, Desk.flow(1)), inTransaction)
                        .now())
                .isInstanceOf(Ticket.Used.class);
    }

    /** A statement whose request does not outlive its waiting. */
    private Applicant bound(long decision) {
        Applicant waits = desk.applicant(decision, PATIENCE);
        return new Applicant(waits.asked(), waits.until(), false, Optional.empty());
    }

    private void approve(String id) {
        assertThat(approvals.approve(id, Optional.empty(), LENA, "fine")).isInstanceOf(Answer.Moved.class);
    }

    private Place send(Duration patience) {
        return send(ERIK, SQL, Desk.flow(1), patience);
    }

    private Place send(Subject by, String sql, Flow flow, Duration patience) {
        requests++;
        return desk.ask(desk.request("req_" + requests, sql, by, flow), desk.applicant(decisions++, patience));
    }

    private static Flow narrow() {
        Flow wide = Desk.flow(1);
        return new Flow(
                wide.name(),
                wide.reviewerGroups(),
                wide.reviewerUsers(),
                wide.needed(),
                wide.fourEyes(),
                wide.hold(),
                wide.expires(),
                wide.runWithin(),
                2,
                wide.approveComment(),
                wide.rejectComment());
    }

    private static long decision(Place place) {
        return place.applicant().decision();
    }

    private static @Nullable Ticket end(Place place) {
        CompletableFuture<Ticket> over = place.whenOver().toCompletableFuture();
        return over.isDone() ? over.join() : null;
    }

    private List<Event.Asked> asked() {
        return desk.memory.events.stream()
                .filter(Event.Asked.class::isInstance)
                .map(Event.Asked.class::cast)
                .toList();
    }

    private List<String> moves() {
        return desk.memory.events.stream()
                .filter(Event.Decided.class::isInstance)
                .map(event -> ((Event.Decided) event).outcome())
                .toList();
    }
}
