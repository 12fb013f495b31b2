package dev.gatehouse.firewall.session;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * A password's Argon2id hash: far harder to guess from than a {@link ScramVerifier}, but whoever checks a password against it
 * must be told the password, which the gateway allows under TLS only.
 *
 * <p>Its text is the usual one, base 64 without padding:
 * {@code $argon2id$v=19$m=<KiB>,t=<passes>,p=<lanes>$<salt>$<hash>}.
 *
 * @param memory KiB, 8 for each lane to {@link #MOST_MEMORY}
 * @param passes over the memory, 1 to {@link #MOST_PASSES}
 * @param lanes 1 to {@link #MOST_LANES}
 * @param salt 8 to 64 bytes
 * @param storedKey the hash, 16 to 64 bytes
 * @param genuine false for the stand-in of an unknown user, which nothing satisfies
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9106#section-3">RFC 9106, section 3</a>
 */
public record Argon2Verifier(int memory, int passes, int lanes, byte[] salt, byte[] storedKey, boolean genuine)
        implements PasswordVerifier {

    /** What a new hash takes, in KiB: what OWASP's Password Storage Cheat Sheet asks for at least, as the passes are. */
    public static final int USUAL_MEMORY = 19 * 1024;

    public static final int USUAL_PASSES = 2;
    public static final int USUAL_LANES = 1;
    public static final int SALT_BYTES = 16;
    public static final int KEY_BYTES = 32;

    /** A login must not take more, in KiB: anybody may try one. It is what RFC 9106 recommends where memory is short. */
    public static final int MOST_MEMORY = 64 * 1024;

    public static final int MOST_PASSES = 16;
    public static final int MOST_LANES = 16;

    static final String PREFIX = "$argon2";
    private static final Pattern FORM = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,3})\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

    /** Makes what is kept of a password. */
    public static Argon2Verifier of(byte[] password, byte[] salt) {
        byte[] key = derive(password, USUAL_MEMORY, USUAL_PASSES, USUAL_LANES, salt, KEY_BYTES);
        return new Argon2Verifier(USUAL_MEMORY, USUAL_PASSES, USUAL_LANES, salt, key, true);
    }

    /**
     * Reads its text.
     *
     * @throws IllegalArgumentException if it is none, or asks for too much; the message does not quote it
     */
    public static Argon2Verifier parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("an Argon2 hash has the form $argon2id$v=19$m=<KiB>,t=<passes>,p=<lanes>"
                    + "$<salt>$<hash>; `gatehouse user hash-password --for argon2` prints one");
        }
        int memory = Integer.parseInt(matcher.group(1));
        int passes = Integer.parseInt(matcher.group(2));
        int lanes = Integer.parseInt(matcher.group(3));
        if (lanes < 1
                || lanes > MOST_LANES
                || memory < 8 * lanes
                || memory > MOST_MEMORY
                || passes < 1
                || passes > MOST_PASSES) {
            throw new IllegalArgumentException("the Argon2 hash must stay within m=" + MOST_MEMORY + ", t="
                    + MOST_PASSES + " and p=" + MOST_LANES + ", with m at least 8 times p");
        }
        byte[] salt;
        byte[] key;
        try {
            salt = Base64.getDecoder().decode(matcher.group(4));
            key = Base64.getDecoder().decode(matcher.group(5));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("salt or hash of the Argon2 hash is not in base 64", e);
        }
        return new Argon2Verifier(memory, passes, lanes, salt, key, true);
    }

    /** {@inheritDoc} Takes {@link #memory} each time. */
    @Override
    public boolean fits(byte[] password) {
        byte[] derived = derive(password, memory, passes, lanes, salt, storedKey.length);
        return MessageDigest.isEqual(derived, storedKey) && genuine;
    }

    private static byte[] derive(byte[] password, int memory, int passes, int lanes, byte[] salt, int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memory)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .build());
        byte[] key = new byte[length];
        generator.generateBytes(password, key);
        return key;
    }

    @Override
    public String text() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return PREFIX + "id$v=19$m=" + memory + ",t=" + passes + ",p=" + lanes + "$" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(storedKey);
    }

    @Override
    public String toString() {
        return PREFIX + "id$••••";
    }
}
