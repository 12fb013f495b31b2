package dev.gatehouse.firewall.gate;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code EXPLAIN POLICY statement}: asks the gateway, in place of the server, what would become of a statement. */
public final class PolicyQuestion {

    /** No longer one is looked at for every statement; a person types it. */
    private static final int MAX_PREFIX_BYTES = 64;

    private static final Pattern PREFIX = Pattern.compile("\\s*explain\\s+policy\\s+(?=\\S)", Pattern.CASE_INSENSITIVE);

    private PolicyQuestion() {}

    /**
     * The statement that is asked about; null where the text is none of these questions.
     *
     * @param text in an encoding that has all of ASCII
     */
    public static byte @Nullable [] in(byte[] text) {
        int length = Math.min(text.length, MAX_PREFIX_BYTES);
        Matcher prefix = PREFIX.matcher(new String(text, 0, length, StandardCharsets.ISO_8859_1));
        return prefix.lookingAt() ? Arrays.copyOfRange(text, prefix.end(), text.length) : null;
    }
}
