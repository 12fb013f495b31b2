package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.gateway.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log as the server file wants it. */
final class LoggingTest {

    private static final Logger OURS = LoggerFactory.getLogger("dev.gatehouse.sample");
    private static final Logger THEIRS = LoggerFactory.getLogger("io.netty.sample");

    private final PrintStream terminal = System.err;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @AfterEach
    void restore() {
        System.setErr(terminal);
        Logging.apply(new Settings.Log(Settings.LogFormat.TEXT, Settings.LogLevel.INFO), Map.of());
    }

    private void write(Settings.LogFormat format, Settings.LogLevel level, Map<String, String> environment) {
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
        Logging.apply(new Settings.Log(format, level), environment);
        OURS.debug("a detail");
        OURS.info("two\nlines of \"{}\"", "text");
        THEIRS.info("chatter");
        OURS.warn("it failed", new IOException("no disk"));
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    @Test
    void jsonIsOneObjectPerLineWithTheFailureInIt() throws IOException {
        write(Settings.LogFormat.JSON, Settings.LogLevel.INFO, Map.of());

        assertThat(text().lines()).hasSize(2);
        JsonNode first = new ObjectMapper().readTree(text().lines().findFirst().orElseThrow());
        assertThat(first.path("message").asText()).isEqualTo("two\nlines of \"text\"");
        assertThat(first.path("log.level").asText()).isEqualTo("info");
        assertThat(first.path("@timestamp").asText()).endsWith("Z");
        JsonNode second =
                new ObjectMapper().readTree(text().lines().skip(1).findFirst().orElseThrow());
        assertThat(second.path("error.type").asText()).isEqualTo("java.io.IOException");
        assertThat(second.path("error.stack_trace").asText()).contains("no disk");
    }

    @Test
    void textIsForPeople() {
        write(Settings.LogFormat.TEXT, Settings.LogLevel.WARN, Map.of());

        assertThat(text()).contains("WARN  sample  it failed").doesNotContain("lines of", "chatter", "{");
    }

    @Test
    void theEnvironmentsLevelGoesBeforeTheFiles() {
        write(Settings.LogFormat.TEXT, Settings.LogLevel.WARN, Map.of("GATEHOUSE_LOG", "DEBUG"));

        assertThat(text()).contains("DEBUG sample  a detail").doesNotContain("chatter");
    }
}
