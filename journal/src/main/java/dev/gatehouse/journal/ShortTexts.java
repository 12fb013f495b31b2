package dev.gatehouse.journal;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Remembers the bytes of the few texts that are recorded over and over: rules and policy versions. Used by one thread. */
final class ShortTexts {

    private static final int SIZE = 64;

    private final @Nullable String[] texts = new @Nullable String[SIZE];
    private final byte[][] encoded = new byte[SIZE][];

    /** The text in UTF-8; lent. */
    byte[] encoded(String text) {
        int at = text.hashCode() & (SIZE - 1);
        if (text.equals(texts[at])) {
            return encoded[at];
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        texts[at] = text;
        encoded[at] = bytes;
        return bytes;
    }
}
