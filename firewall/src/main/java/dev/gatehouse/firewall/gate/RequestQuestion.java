package dev.gatehouse.firewall.gate;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code CALL gatehouse.status('req_7F3K')} and {@code CALL gatehouse.wait('req_7F3K', 50)}: ask the gateway, in place of
 * the server, how a request stands, the second once it is decided or so many seconds have passed. {@code REQUEST GRANT
 * table-load FOR '2h' REASON 'CHG-118'} opens one, and asks how it stands.
 *
 * @param id the request's id; empty where it is to be opened
 * @param patience how long the answer may take; zero for none
 * @param grant what is asked for where it is to be opened
 */
public record RequestQuestion(String id, Duration patience, Optional<GrantWish> grant) {

    /** One about a request that is there. */
    public RequestQuestion(String id, Duration patience) {
        this(id, patience, Optional.empty());
    }

    /** Below the minute after which programs give an answer up. */
    private static final Duration MOST = Duration.ofSeconds(50);

    /** A longer text is none of these questions. */
    private static final int MAX_BYTES = 1024;

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
        if (text.length > MAX_BYTES || !mayBeOne(text)) {
            return null;
        }
        String asked = new String(text, StandardCharsets.UTF_8);
        Optional<GrantWish> wish = GrantWish.in(asked);
        if (wish.isPresent()) {
            return new RequestQuestion("", Duration.ZERO, wish);
        }
        Matcher call = CALL.matcher(asked);
        if (!call.matches()) {
            return null;
        }
        if (call.group(1) != null) {
            return new RequestQuestion(call.group(1), Duration.ZERO);
        }
        Duration patience = Duration.ofSeconds(Long.parseLong(call.group(3)));
        return new RequestQuestion(call.group(2), patience.compareTo(MOST) < 0 ? patience : MOST);
    }

    /** Whether a text begins as these do, which nearly none does. */
    private static boolean mayBeOne(byte[] text) {
        for (byte one : text) {
            if (one > ' ') {
                return one == 'c' || one == 'C' || one == 'r' || one == 'R';
            }
        }
        return false;
    }

    /** The same, to be answered at once. */
    public RequestQuestion atOnce() {
        return new RequestQuestion(id, Duration.ZERO, grant);
    }

    /** Whether asking changes anything. */
    public boolean isWish() {
        return grant.isPresent();
    }
}
