package dev.gatehouse.console.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.session.Subject;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SessionsTest {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final Subject LEAD = new Subject("lead", Subject.Kind.HUMAN, Set.of("leads"), Optional.empty());

    private Instant now = Instant.parse("2026-11-20T12:00:00Z");
    private Optional<Subject> standing = Optional.of(LEAD);
    private final Sessions sessions = new Sessions(Duration.ofHours(12), Duration.ofMinutes(30), () -> now);

    private String open(String name) {
        return sessions.open(name, source -> standing);
    }

    private boolean isIn(String token) {
        return sessions.find(token, HERE).isPresent();
    }

    private void after(Duration time) {
        now = now.plus(time);
    }

    @Test
    void tokensAndPassesAreLongAndNeverTheSame() {
        String one = open("lead");
        String other = open("lead");

        assertThat(one).hasSize(43).isNotEqualTo(other);
        assertThat(sessions.find(one, HERE).orElseThrow().pass())
                .hasSize(43)
                .isNotEqualTo(one)
                .isNotEqualTo(sessions.find(other, HERE).orElseThrow().pass());
    }

    @Test
    void whoeverDoesNothingIsOut() {
        String token = open("lead");
        for (int i = 0; i < 5; i++) {
            after(Duration.ofMinutes(29));
            assertThat(isIn(token)).isTrue();
        }
        after(Duration.ofMinutes(30));
        assertThat(isIn(token)).isFalse();
    }

    @Test
    void whatAPageDoesByItselfKeepsNobodyIn() {
        String token = open("lead");
        for (int i = 0; i < 29; i++) {
            after(Duration.ofMinutes(1));
            assertThat(sessions.glance(token, HERE)).isPresent();
        }
        after(Duration.ofMinutes(1));
        assertThat(sessions.glance(token, HERE)).isEmpty();
    }

    @Test
    void afterItsLifetimeASessionEndsWhateverIsDone() {
        String token = open("lead");
        for (int i = 0; i < 71; i++) {
            after(Duration.ofMinutes(10));
            assertThat(isIn(token)).isTrue();
        }
        after(Duration.ofMinutes(10));
        assertThat(isIn(token)).isFalse();
    }

    @Test
    void whoeverIsRemovedIsOutAtOnce() {
        String token = open("lead");
        standing = Optional.empty();
        assertThat(isIn(token)).isFalse();
    }

    @Test
    void whoeverSignsInOverAndOverPushesOutTheirOwnSessionsAlone() {
        String others = open("tom");
        String first = open("lead");
        String second = open("lead");
        assertThat(isIn(first)).isTrue();
        for (int i = 0; i < Sessions.MOST_OF_ONE - 1; i++) {
            open("lead");
        }

        assertThat(isIn(second)).as("the one that was idle the longest").isFalse();
        assertThat(isIn(first)).isTrue();
        assertThat(isIn(others)).isTrue();
    }

    @Test
    void thereIsAnEndToHowManyThereAre() {
        String first = open("p0");
        for (int i = 1; i < Sessions.MOST; i++) {
            open("p" + i);
        }
        assertThat(isIn(first)).isTrue();
        String last = open("one more");
        assertThat(isIn(last)).isTrue();
        assertThat(isIn(first)).as("it was seen just now").isTrue();
    }
}
