package dev.gatehouse.firewall.gate;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code SHOW gatehouse.identity} and its like: asks the gateway, in place of the server, about the session itself. */
public enum SessionQuestion {
    /** Which gateway this is, and which policy it rules by. */
    VERSION,
    /** Who is asking, as the gateway has verified it. */
    IDENTITY,
    /** The held login in use. */
    LOGIN,
    /** How long the session would wait for people. */
    HOLD,
    /** Why it asks for what it asks. */
    REASON,
    /** The id of what was last decided about a statement of the session's. */
    LAST_DECISION;

    /** A longer text is none of these questions. */
    private static final int MAX_BYTES = 64;

    private static final Pattern SHOW = Pattern.compile(
            "\\s*show\\s+gatehouse\\s*\\.\\s*(version|identity|login|hold|reason|last_decision)[\\s;]*",
            Pattern.CASE_INSENSITIVE);

    /**
     * The question a text asks; null where it asks none.
     *
     * @param text in an encoding that has all of ASCII
     */
    public static @Nullable SessionQuestion in(byte[] text) {
        if (text.length > MAX_BYTES) {
            return null;
        }
        Matcher show = SHOW.matcher(new String(text, StandardCharsets.ISO_8859_1));
        return show.matches() ? valueOf(show.group(1).toUpperCase(Locale.ROOT)) : null;
    }

    /** What the answer's column is called. */
    public String column() {
        return "gatehouse." + name().toLowerCase(Locale.ROOT);
    }
}
