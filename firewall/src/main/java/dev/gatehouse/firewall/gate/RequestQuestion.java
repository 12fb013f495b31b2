package dev.gatehouse.firewall.gate;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code CALL gatehouse.status('req_7F3K')} and {@code CALL gatehouse.wait('req_7F3K', 50)}: ask the gateway, in place of
 * the server, how a request stands, the second once it is decided or so many seconds have passed.
 *
 * @param id the request's id
 * @param patience how long the answer may take; zero for none
 */
public record RequestQuestion(String id, Duration patience) {

    /** Below the minute after which programs give an answer up. */
    private static final Duration MOST = Duration.ofSeconds(50);

    /** A longer text is none of these questions. */
    private static final int MAX_BYTES = 256;

    private static final Pattern CALL = Pattern.compile(
            "\\s*call\\s+gatehouse\\s*\\.\\s*(?:status\\s*\\(\\s*'(\\w+)'|wait\\s*\\(\\s*'(\\w+)'\\s*,\\s*(\\d{1,6}))\\s*\\)"
                    + "[\\s;]*",
            Pattern.CASE_INSENSITIVE);

    /**
     * The question a text asks; null where it asks none.
     *
     * @param text in an encoding that has all of ASCII
     */
    public static @Nullable RequestQuestion in(byte[] text) {
        if (text.length > MAX_BYTES) {
            return null;
        }
        Matcher call = CALL.matcher(new String(text, StandardCharsets.ISO_8859_1));
        if (!call.matches()) {
            return null;
        }
        if (call.group(1) != null) {
            return new RequestQuestion(call.group(1), Duration.ZERO);
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(call.group(3)));
        return new RequestQuestion(call.group(2), asked.compareTo(MOST) < 0 ? asked : MOST);
    }

    /** The same, to be answered at once. */
    public RequestQuestion atOnce() {
        return new RequestQuestion(id, Duration.ZERO);
    }
}
