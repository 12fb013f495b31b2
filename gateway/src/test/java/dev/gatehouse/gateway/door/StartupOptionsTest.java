package dev.gatehouse.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class StartupOptionsTest {

    private static final String REASON = "gatehouse.reason";

    @Test
    void aWishStandsAmongTheOptionsAsOnTheCommandLineOfAServer() {
        assertThat(StartupOptions.of(Map.of("options", "-c x=1 -c gatehouse.reason=CHG-118 -c y=2"), REASON))
                .contains("CHG-118");
        assertThat(StartupOptions.of(Map.of("options", "--gatehouse.reason=CHG-118\\ backfill\\\\x"), REASON))
                .contains("CHG-118 backfill\\x");
        assertThat(StartupOptions.of(Map.of("options", "-c xgatehouse.reason=1"), REASON))
                .isEmpty();
        assertThat(StartupOptions.of(Map.of(), REASON)).isEmpty();
    }

    @Test
    void aWishMayBeAParameterOrAnAttributeOfItsOwn() {
        assertThat(StartupOptions.of(Map.of("gatehouse.reason", "task 7"), REASON))
                .contains("task 7");
        assertThat(StartupOptions.of(Map.of("gatehouse_reason", "prompt 8"), REASON))
                .contains("prompt 8");
        assertThat(StartupOptions.of(Map.of(REASON, "x".repeat(500)), REASON)).contains("x".repeat(200));
    }
}
