package dev.gatehouse.gateway.net;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class NewcomersTest {

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Newcomers.class);
    private long now;
    private final Newcomers newcomers = new Newcomers(5, 2, () -> now);

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
    }

    private boolean enters(String address) throws UnknownHostException {
        return newcomers.enter(InetAddress.getByName(address)).isPresent();
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void oneAddressTakesItsShareAndNoMore() throws Exception {
        assertThat(enters("10.0.0.1")).isTrue();
        assertThat(enters("10.0.0.1")).isTrue();
        assertThat(enters("10.0.0.1")).isFalse();
        assertThat(enters("10.0.0.2")).isTrue();
        assertThat(newcomers.waiting()).isEqualTo(3);
        assertThat(newcomers.turnedAway()).isEqualTo(1);
    }

    @Test
    void allOfThemTakeNoMoreThanThereIs() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(enters("10.0.0." + i)).isTrue();
        }
        assertThat(enters("10.0.0.9")).isFalse();
    }

    @Test
    void aNetworkOfVersionSixIsOneAddress() throws Exception {
        assertThat(enters("2001:db8:1:2::1")).isTrue();
        assertThat(enters("2001:db8:1:2:ffff::2")).isTrue();
        assertThat(enters("2001:db8:1:2:3:4:5:6")).isFalse();
        assertThat(enters("2001:db8:1:3::1")).isTrue();
    }

    @Test
    void aPlaceIsLeftOnce() throws Exception {
        Newcomers.Place first =
                newcomers.enter(InetAddress.getByName("10.0.0.1")).orElseThrow();
        assertThat(enters("10.0.0.1")).isTrue();
        first.leave();
        first.leave();
        assertThat(newcomers.waiting()).isEqualTo(1);
        assertThat(enters("10.0.0.1")).isTrue();
        assertThat(enters("10.0.0.1")).isFalse();
    }

    @Test
    void manyRefusalsAreOneLine() throws Exception {
        for (int i = 0; i < 100; i++) {
            enters("10.0.0.1");
        }
        assertThat(lines())
                .containsExactly("turned away 1 unknown client(s), the last one from 10.0.0.1: 2 from its address have"
                        + " not logged in yet");
        now += Duration.ofSeconds(10).toNanos();
        enters("10.0.0.1");
        assertThat(lines()).hasSize(2).last().asString().startsWith("turned away 98 unknown client(s)");
    }
}
