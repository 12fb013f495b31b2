package dev.gatehouse.firewall.session;

import java.util.HexFormat;
import java.util.Locale;

/**
 * What {@code mysql_native_password} checks against: SHA-1 of SHA-1 of the password. There is no salt in it, so whoever
 * reads it can guess at speed, and whoever also overhears a login can log in: for clients that know nothing better.
 *
 * <p>Its text is MySQL's own, as in {@code mysql.user}: {@code *} and 40 hexadecimal digits.
 *
 * @param bytes 20 of them
 */
public record NativeHash(byte[] bytes) {

    public static final int BYTES = 20;
    private static final String FORM = "\\*[0-9A-Fa-f]{40}";

    /**
     * Reads its text.
     *
     * @throws IllegalArgumentException if it is none; the message does not quote it
     */
    public static NativeHash parse(String text) {
        if (!text.matches(FORM)) {
            throw new IllegalArgumentException("a hash for mysql_native_password is * and 40 hexadecimal digits; "
                    + "`gatehouse user hash-password --for mysql-native` prints one");
        }
        return new NativeHash(HexFormat.of().parseHex(text.substring(1).toLowerCase(Locale.ROOT)));
    }

    /** Its text. */
    public String text() {
        return "*" + HexFormat.of().withUpperCase().formatHex(bytes);
    }

    @Override
    public String toString() {
        return "*••••";
    }
}
