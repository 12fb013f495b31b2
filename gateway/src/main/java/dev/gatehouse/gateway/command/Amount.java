package dev.gatehouse.gateway.command;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** Reads and writes spans of time as people do: {@code 90s}, {@code 15m}, {@code 24h}, {@code 7d}. */
final class Amount {

    private static final Pattern SPAN = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    private Amount() {}

    /** Reads a span. */
    static Duration duration(String text) {
        Matcher span = SPAN.matcher(text);
        if (!span.matches()) {
            throw new TypeConversionException("'" + text + "' is not a span of time such as 90s, 15m, 24h or 7d");
        }
        long count = Long.parseLong(span.group(1));
        return switch (span.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    /** Reads a moment: a span before now, or a date and time in RFC 3339. */
    static Instant moment(String text, Instant now) {
        if (SPAN.matcher(text).matches()) {
            return now.minus(duration(text));
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new Failure(
                            ExitCode.USAGE,
                            "usage",
                            "'" + text + "' is neither a span such as 24h nor a time such as 2026-11-22T18:02:00Z",
                            "")
                    .because(e);
        }
    }

    /** Writes minutes and seconds: {@code 0:42}, {@code 75:03}. */
    static String clock(Duration span) {
        return String.format("%d:%02d", span.toMinutes(), span.toSecondsPart());
    }

    /** Writes a span in words: {@code 131 ms}, {@code 4.2 s}, {@code 3 min 12 s}. */
    static String words(Duration span) {
        if (span.toMillis() < 1000) {
            return span.toMillis() + " ms";
        }
        return span.toMinutes() == 0
                ? String.format("%.1f s", span.toMillis() / 1000.0)
                : span.toMinutes() + " min " + span.toSecondsPart() + " s";
    }
}
