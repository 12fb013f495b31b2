package dev.gatehouse.firewall.session;

import java.util.Base64;

/**
 * What MariaDB's {@code client_ed25519} checks against: the public key whose secret one is made of the password. There is no
 * salt in it, so whoever reads it can guess at speed; a login that is overheard tells nothing.
 *
 * <p>Its text is MariaDB's own, as behind {@code IDENTIFIED VIA ed25519 USING}: base 64 without padding.
 *
 * @param bytes 32 of them
 */
public record Ed25519Key(byte[] bytes) {

    public static final int BYTES = 32;
    private static final int CHARACTERS = 43;

    /**
     * Reads its text.
     *
     * @throws IllegalArgumentException if it is none; the message does not quote it
     */
    public static Ed25519Key parse(String text) {
        if (text.length() == CHARACTERS) {
            try {
                return new Ed25519Key(Base64.getDecoder().decode(text));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(wrong(), e);
            }
        }
        throw new IllegalArgumentException(wrong());
    }

    private static String wrong() {
        return "a key for client_ed25519 is " + CHARACTERS + " characters of base 64; "
                + "`gatehouse user hash-password --for ed25519` prints one";
    }

    /** Its text. */
    public String text() {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "••••";
    }
}
