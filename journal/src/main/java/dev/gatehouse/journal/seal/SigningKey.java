package dev.gatehouse.journal.seal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** An Ed25519 key that checkpoints are signed with, RFC 8032. Safe for many threads. */
public final class SigningKey {

    /** Of a private key's seed, and of a public key. */
    public static final int BYTES = 32;

    static final int SIGNATURE_BYTES = 64;

    private static final String PEM_BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String PEM_END = "-----END PRIVATE KEY-----";
    /** What stands in front of the seed in a PKCS #8 document of such a key, RFC 8410 §7. */
    private static final byte[] PKCS8 = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private final Ed25519PrivateKeyParameters secret;
    private final byte[] open;

    private SigningKey(byte[] seed) {
        this.secret = new Ed25519PrivateKeyParameters(seed);
        this.open = secret.generatePublicKey().getEncoded();
    }

    /** The key of a seed of 32 bytes. */
    public static SigningKey ofSeed(byte[] seed) {
        return new SigningKey(seed.clone());
    }

    /**
     * Reads a key: PEM as {@code openssl genpkey -algorithm ed25519} writes it, or the seed in hexadecimal digits or base64.
     *
     * @throws IllegalArgumentException if it is none of these; the message does not quote it
     */
    public static SigningKey parse(String text) {
        String plain = text.strip();
        if (plain.startsWith(PEM_BEGIN) && plain.endsWith(PEM_END)) {
            byte[] document = decoded(plain.substring(PEM_BEGIN.length(), plain.length() - PEM_END.length()));
            if (document.length == PKCS8.length + BYTES
                    && Arrays.equals(document, 0, PKCS8.length, PKCS8, 0, PKCS8.length)) {
                return new SigningKey(Arrays.copyOfRange(document, PKCS8.length, document.length));
            }
            throw new IllegalArgumentException("the PEM document is not an Ed25519 private key");
        }
        byte[] seed = plain.matches("[0-9a-fA-F]{64}") ? HexFormat.of().parseHex(plain) : decoded(plain);
        if (seed.length != BYTES) {
            throw new IllegalArgumentException("an Ed25519 key's seed has 32 bytes, not " + seed.length);
        }
        return new SigningKey(seed);
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("neither PEM nor hexadecimal digits nor base64", e);
        }
    }

    /** The public key. */
    public byte[] publicKey() {
        return open.clone();
    }

    /** Signs a message; 64 bytes. What is signed for different purposes must not be the same bytes. */
    public byte[] sign(byte[] message) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, secret);
        signer.update(message, 0, message.length);
        return signer.generateSignature();
    }

    /** Whether a message was signed with the key of this public key. */
    public static boolean isSigned(byte[] publicKey, byte[] message, byte[] signature) {
        Ed25519Signer verifier = new Ed25519Signer();
        try {
            verifier.init(false, new Ed25519PublicKeyParameters(publicKey));
        } catch (IllegalArgumentException notAPoint) {
            return false;
        }
        verifier.update(message, 0, message.length);
        return verifier.verifySignature(signature);
    }
}
