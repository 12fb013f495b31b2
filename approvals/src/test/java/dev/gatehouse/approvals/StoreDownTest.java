package dev.gatehouse.approvals;

import static dev.gatehouse.approvals.Desk.ERIK;
import static dev.gatehouse.approvals.Desk.LENA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.firewall.approval.Answer;
import dev.gatehouse.firewall.approval.Approvals.Unavailable;
import dev.gatehouse.firewall.approval.Place;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.audit.Verdict;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Without its store the desk says no to everything, and lets nobody wait for ever. */
@ParameterizedClass
@EnumSource(TestStore.class)
final class StoreDownTest {

    private final Desk desk;

    StoreDownTest(TestStore store) {
        desk = new Desk(store);
    }

    @Test
    void nothingIsTakenInAndTheRecordSaysSo() {
        desk.approvals.close();

        assertThatThrownBy(() -> desk.ask(desk.request("req_1", ERIK, 1), desk.applicant(99, Desk.PATIENCE)))
                .isInstanceOf(Unavailable.class);
        assertThat(desk.memory.events).last().isInstanceOfSatisfying(Event.Asked.class, asked -> assertThat(
                        asked.verdict())
                .isEqualTo(Verdict.BLOCK));
    }

    @Test
    void noDecisionCounts() {
        desk.ask(desk.request("req_1", ERIK, 1), desk.applicant(99, Desk.PATIENCE));
        desk.approvals.close();

        assertThat(desk.approvals.approve("req_1", Optional.empty(), LENA, ""))
                .isInstanceOfSatisfying(Answer.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(Answer.Reason.STORE));
        assertThat(desk.approvals.withdraw("req_1", LENA)).isInstanceOf(Answer.Refused.class);
        assertThatThrownBy(desk.approvals::tickets).isInstanceOf(Unavailable.class);
    }

    @Test
    void whoWaitsIsToldWhenItHasBeenLongEnough() {
        Place place = desk.ask(desk.request("req_1", ERIK, 1), desk.applicant(99, Desk.PATIENCE));
        desk.approvals.close();
        desk.now = desk.now.plus(Desk.PATIENCE);

        desk.approvals.tick();

        assertThat(place.isOver()).isTrue();
        assertThat(place.now()).isInstanceOf(Ticket.Pending.class);
    }
}
