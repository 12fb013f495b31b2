package dev.gatehouse.firewall.session;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a session's client tells the gateway of what it is about to ask for. Nothing of it is verified, and nothing is allowed
 * by it.
 *
 * @param reason why it asks, such as a task's or a prompt's id; may be empty
 * @param hold how long it would wait for people; empty for what is usual for such a client
 */
public record Wishes(String reason, Optional<Duration> hold) {

    /** Of a client that says nothing. */
    public static final Wishes NONE = new Wishes("", Optional.empty());

    private static final int MOST = 200;
    private static final Pattern TIME = Pattern.compile("\\s*(\\d{1,9})\\s*(ms|s|m|min|h|)\\s*");

    public Wishes {
        reason = reason.codePointCount(0, reason.length()) <= MOST
                ? reason
                : reason.substring(0, reason.offsetByCodePoints(0, MOST));
    }

    /** The same for another reason. */
    public Wishes withReason(String other) {
        return new Wishes(other, hold);
    }

    /** The same with another time to wait. */
    public Wishes withHold(Optional<Duration> other) {
        return new Wishes(reason, other);
    }

    /** A time as PostgreSQL and this product write it, in seconds where no unit says otherwise; empty where it is none. */
    public static Optional<Duration> time(String text) {
        Matcher matcher = TIME.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(count);
                    case "m", "min" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    default -> Duration.ofSeconds(count);
                });
    }
}
