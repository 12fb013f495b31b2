package dev.gatehouse.console.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class AttemptsTest {

    private Instant now = Instant.parse("2026-11-20T12:00:00Z");
    private final Attempts attempts = new Attempts(() -> now);

    private static InetAddress at(String address) throws UnknownHostException {
        return InetAddress.getByName(address);
    }

    private int looked(int tries, String name, String address) throws UnknownHostException {
        int looked = 0;
        for (int i = 0; i < tries; i++) {
            looked += attempts.begin(name, at(address)).isEmpty() ? 1 : 0;
        }
        return looked;
    }

    @Test
    void oneNameFromOnePlaceIsTriedAFewTimes() throws Exception {
        assertThat(looked(100, "lead", "10.0.0.1")).isEqualTo(Attempts.MOST_OF_NAME_FROM_PLACE);
        assertThat(looked(1, "lead", "10.0.0.2")).as("lead from elsewhere").isEqualTo(1);
        assertThat(looked(1, "tom", "10.0.0.1")).as("tom from there").isEqualTo(1);
    }

    @Test
    void theWaitIsSaidAndIsEnough() throws Exception {
        looked(100, "lead", "10.0.0.1");
        Duration pause = attempts.begin("lead", at("10.0.0.1")).orElseThrow();
        assertThat(pause).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(3));

        now = now.plus(pause);

        assertThat(looked(100, "lead", "10.0.0.1")).isEqualTo(1);
    }

    @Test
    void manyNamesFromOnePlaceAreTriedAFewTimesToo() throws Exception {
        int looked = 0;
        for (int i = 0; i < 200; i++) {
            looked += looked(1, "name" + i, "2001:db8::" + Integer.toHexString(i + 1));
        }
        assertThat(looked).as("all of one network").isEqualTo(Attempts.MOST_FROM_PLACE);
    }

    @Test
    void oneNameFromEverywhereIsTriedSoManyTimesAndNoMore() throws Exception {
        int looked = 0;
        for (int i = 0; i < 250; i++) {
            looked += looked(1, "lead", "10.1.0." + i);
        }
        assertThat(looked).isEqualTo(Attempts.MOST_OF_NAME);
    }

    @Test
    void whoSucceedsIsNotCounted() throws Exception {
        for (int i = 0; i < 200; i++) {
            assertThat(looked(1, "lead", "10.0.0.1")).isEqualTo(1);
            attempts.succeeded("lead", at("10.0.0.1"));
        }
    }
}
