package dev.gatehouse.bench.load;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The client's half of SCRAM-SHA-256, without channel binding, for ASCII passwords.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5802#section-3">RFC 5802, section 3</a>
 */
final class ScramExchange {

    static final String MECHANISM = "SCRAM-SHA-256";
    private static final String GS2_HEADER = "n,,";
    private static final int NONCE_BYTES = 18;
    private static final int KEY_BITS = 256;

    private final String password;
    private final String firstBare;
    private byte[] serverSignature = {};

    ScramExchange(String password) {
        this.password = password;
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        this.firstBare = "n=,r=" + Base64.getEncoder().encodeToString(nonce);
    }

    /** The client-first message. */
    byte[] first() {
        return bytes(GS2_HEADER + firstBare);
    }

    /** The client-final message, from what the server said first. */
    byte[] last(byte[] serverFirst) throws ServerError {
        String challenge = new String(serverFirst, StandardCharsets.UTF_8);
        Map<Character, String> fields = fields(challenge);
        String nonce = fields.getOrDefault('r', "");
        if (!nonce.startsWith(firstBare.substring("n=,r=".length()))) {
            throw new ServerError("the server's nonce does not continue ours");
        }
        byte[] salt = Base64.getDecoder().decode(fields.getOrDefault('s', ""));
        int iterations = Integer.parseInt(fields.getOrDefault('i', "0"));
        String withoutProof = "c=" + Base64.getEncoder().encodeToString(bytes(GS2_HEADER)) + ",r=" + nonce;
        byte[] signed = bytes(firstBare + "," + challenge + "," + withoutProof);
        try {
            byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, KEY_BITS))
                    .getEncoded();
            byte[] clientKey = hmac(salted, bytes("Client Key"));
            byte[] stored = MessageDigest.getInstance("SHA-256").digest(clientKey);
            byte[] proof = hmac(stored, signed);
            for (int i = 0; i < proof.length; i++) {
                proof[i] ^= clientKey[i];
            }
            serverSignature = hmac(hmac(salted, bytes("Server Key")), signed);
            return bytes(withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks HMAC-SHA-256", e);
        }
    }

    /** Checks that the server knows the password too. */
    void verify(byte[] serverFinal) throws ServerError {
        String signature =
                fields(new String(serverFinal, StandardCharsets.UTF_8)).getOrDefault('v', "");
        if (!Arrays.equals(Base64.getDecoder().decode(signature), serverSignature)) {
            throw new ServerError("the server's signature is wrong");
        }
    }

    private static Map<Character, String> fields(String message) {
        Map<Character, String> fields = new HashMap<>();
        for (String field : message.split(",", -1)) {
            if (field.length() > 1 && field.charAt(1) == '=') {
                fields.put(field.charAt(0), field.substring(2));
            }
        }
        return fields;
    }

    private static byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
