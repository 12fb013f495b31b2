package dev.gatehouse.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.console.api.Problem;
import dev.gatehouse.firewall.approval.Reviewer;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PeersTest {

    private static final int GATEWAY = 998;
    private static final int LEAD = 1001;
    private static final int BOT = 1002;
    private static final int STRANGER = 1003;

    private final Peers peers = new Peers(
            GATEWAY,
            uid -> Optional.ofNullable(
                    Map.of(0, "root", GATEWAY, "gatehouse", LEAD, "lead", BOT, "bot", STRANGER, "mallory")
                            .get(uid)),
            Waiting::directory,
            subject -> Optional.empty());

    private Reviewer reviewer(int uid, Optional<String> as) {
        return peers.caller(uid, as).reviewer();
    }

    @Test
    void rootAndTheGatewaysOwnUserAreOperators() {
        assertThat(reviewer(0, Optional.empty()).operator()).isTrue();
        assertThat(reviewer(GATEWAY, Optional.empty()))
                .extracting(Reviewer::name)
                .isEqualTo("gatehouse");
        assertThat(reviewer(GATEWAY, Optional.empty()).operator()).isTrue();
    }

    @Test
    void anOperatorWhoNamesAPersonHasThatPersonsRightsOnly() {
        Reviewer reviewer = reviewer(0, Optional.of("lead"));

        assertThat(reviewer.operator()).isFalse();
        assertThat(reviewer.groups()).containsExactly("dba-leads");
        assertThat(reviewer.via()).isEqualTo("admin socket, uid 0");
    }

    @Test
    void anyOtherUserIsTheLocalUserOfTheSameName() {
        Reviewer reviewer = reviewer(LEAD, Optional.empty());

        assertThat(reviewer.name()).isEqualTo("lead");
        assertThat(reviewer.operator()).isFalse();
        assertThat(reviewer.groups()).containsExactly("dba-leads");
    }

    @Test
    void nobodyElseMayNameAnotherPerson() {
        assertThatThrownBy(() -> reviewer(STRANGER, Optional.of("lead"))).isInstanceOf(Problem.class);
        assertThat(reviewer(LEAD, Optional.of("lead")).name()).isEqualTo("lead");
    }

    @Test
    void whoIsNoLocalUserMayNotDecide() {
        assertThatThrownBy(() -> reviewer(STRANGER, Optional.empty())).hasMessageContaining("mallory");
        assertThatThrownBy(() -> reviewer(4711, Optional.empty())).hasMessageContaining("uid 4711");
    }

    @Test
    void anAgentDecidesNothing() {
        assertThatThrownBy(() -> reviewer(BOT, Optional.empty())).hasMessageContaining("not a person");
        assertThatThrownBy(() -> reviewer(0, Optional.of("bot"))).hasMessageContaining("not a person");
    }
}
