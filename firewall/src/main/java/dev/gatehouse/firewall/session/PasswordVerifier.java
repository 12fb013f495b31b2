package dev.gatehouse.firewall.session;

/** What the gateway keeps of a user's password: enough to check it, too little to use it elsewhere. */
public sealed interface PasswordVerifier permits ScramVerifier, Argon2Verifier {

    /**
     * Reads a verifier's text, as it stands in {@code password_hash}.
     *
     * @throws IllegalArgumentException if it is none; the message does not quote it
     */
    static PasswordVerifier parse(String text) {
        return text.startsWith(Argon2Verifier.PREFIX) ? Argon2Verifier.parse(text) : ScramVerifier.parse(text);
    }

    /**
     * Whether a password that was told is this one. Slow on purpose, and as slow for one that is not; never on an event loop.
     *
     * @param password as it was told, in UTF-8; what is none fits nothing
     */
    boolean fits(byte[] password);

    /** What makes equal passwords' keys differ. */
    byte[] salt();

    /** What a password's derived key is compared with: another one whenever the password or its salt is another. */
    byte[] storedKey();

    /** False for the stand-in of an unknown user, which nothing satisfies. */
    boolean genuine();

    /** The verifier's text. */
    String text();
}
