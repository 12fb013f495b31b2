package dev.gatehouse.firewall.session;

import com.ongres.saslprep.SASLprep;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** Checks a password that a client told against what is kept for SCRAM, so that one verifier serves every way in. */
final class ScramPassword {

    private static final String HMAC = "HmacSHA256";

    private ScramPassword() {}

    /**
     * Whether the password is the verifier's. Slow on purpose, and as slow for one that is not; never on an event loop.
     *
     * @param password in UTF-8; what is none fits nothing
     */
    static boolean fits(byte[] password, ScramVerifier verifier) {
        char[] characters = characters(password);
        try {
            PBEKeySpec spec = new PBEKeySpec(
                    characters.length == 0 ? new char[1] : characters,
                    verifier.salt(),
                    verifier.iterations(),
                    verifier.storedKey().length * Byte.SIZE);
            byte[] salted = SecretKeyFactory.getInstance("PBKDF2With" + HMAC)
                    .generateSecret(spec)
                    .getEncoded();
            spec.clearPassword();
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(salted, HMAC));
            byte[] stored = MessageDigest.getInstance("SHA-256")
                    .digest(mac.doFinal("Client Key".getBytes(StandardCharsets.US_ASCII)));
            boolean equal = MessageDigest.isEqual(stored, verifier.storedKey());
            return equal && verifier.genuine() && characters.length > 0;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has PBKDF2 and " + HMAC, e);
        }
    }

    /** What SASLprep makes of it, or, as PostgreSQL does, the password itself where SASLprep refuses it; empty for no text. */
    private static char[] characters(byte[] password) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(password))
                    .toString();
        } catch (CharacterCodingException e) {
            return new char[0];
        }
        try {
            return new SASLprep().prepareStored(text).toCharArray();
        } catch (IllegalArgumentException e) {
            return text.toCharArray();
        }
    }
}
