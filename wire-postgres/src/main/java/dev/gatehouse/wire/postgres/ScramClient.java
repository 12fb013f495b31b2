package dev.gatehouse.wire.postgres;

import dev.gatehouse.wire.postgres.message.ProtocolViolation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/**
 * The client's part of one SCRAM-SHA-256 exchange, without channel binding.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5802#section-5">RFC 5802, section 5</a>
 */
final class ScramClient {

    private static final String GS2_HEADER = "n,,";
    private static final int MAX_ITERATIONS = 10_000_000;

    private final String password;
    private final ScramKeys keys;
    private final String firstBare;
    private final String nonce;
    private String expected = "";

    ScramClient(String password, ScramKeys keys, String nonce) {
        this.password = password;
        this.keys = keys;
        this.nonce = nonce;
        this.firstBare = "n=,r=" + nonce;
    }

    /** The first message. */
    String first() {
        return GS2_HEADER + firstBare;
    }

    /** Answers the server's first message. Slow the first time, so never on an event loop. */
    String last(String serverFirst) {
        String[] attributes = serverFirst.split(",", -1);
        if (attributes.length < 3
                || !attributes[0].startsWith("r=" + nonce)
                || attributes[0].length() == nonce.length() + 2
                || !attributes[1].startsWith("s=")
                || !attributes[2].startsWith("i=")) {
            throw new ProtocolViolation("the server's first SCRAM message is malformed");
        }
        byte[] salt = decode(attributes[1].substring(2));
        int iterations = iterations(attributes[2].substring(2));
        byte[] salted = keys.salted(password, salt, iterations);
        byte[] clientKey = Scram.hmac(salted, "Client Key");
        String binding = Base64.getEncoder().encodeToString(GS2_HEADER.getBytes(StandardCharsets.US_ASCII));
        String withoutProof = "c=" + binding + "," + attributes[0];
        String authMessage = firstBare + "," + serverFirst + "," + withoutProof;
        byte[] proof = Scram.xor(clientKey, Scram.hmac(Scram.sha256(clientKey), authMessage));
        expected = "v=" + Base64.getEncoder().encodeToString(Scram.hmac(Scram.hmac(salted, "Server Key"), authMessage));
        return withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof);
    }

    /** Checks that the server knows the password too. */
    void verify(String serverFinal) {
        if (expected.isEmpty()
                || !MessageDigest.isEqual(
                        serverFinal.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8))) {
            throw new ProtocolViolation("the server could not prove that it knows the password");
        }
    }

    private static int iterations(String text) {
        try {
            int iterations = Integer.parseInt(text);
            if (iterations > 0 && iterations <= MAX_ITERATIONS) {
                return iterations;
            }
        } catch (NumberFormatException e) {
            throw new ProtocolViolation("the server's SCRAM iteration count is no number");
        }
        throw new ProtocolViolation("the server's SCRAM iteration count is out of range");
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new ProtocolViolation("the server's SCRAM salt is not base 64");
        }
    }
}
