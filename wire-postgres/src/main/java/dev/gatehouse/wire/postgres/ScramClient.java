package dev.gatehouse.wire.postgres;

import dev.gatehouse.wire.postgres.message.ProtocolViolation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;

/**
 * The client's part of one SCRAM-SHA-256 exchange, bound to its TLS connection where both sides can.
 *
 * <p>A server that can but does not offer it, or somebody between who takes the offer away, is told by the flag {@code y}
 * and found out by the server: the flag is part of what is proved.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5802#section-5">RFC 5802, section 5</a>
 */
final class ScramClient {

    private static final int MAX_ITERATIONS = 10_000_000;

    private final String password;
    private final ScramKeys keys;
    private final String firstBare;
    private final String nonce;
    private final String mechanism;
    private final String gs2Header;
    private final byte[] bound;
    private String expected = "";

    /**
     * @param offered the mechanisms the server offers
     * @param endPoint stands for the TLS connection; empty without one, or where it cannot be bound to
     * @throws ProtocolViolation if no mechanism fits
     */
    ScramClient(String password, ScramKeys keys, String nonce, List<String> offered, byte[] endPoint) {
        this.password = password;
        this.keys = keys;
        this.nonce = nonce;
        this.firstBare = "n=,r=" + nonce;
        boolean plus = endPoint.length > 0 && offered.contains(Scram.MECHANISM_PLUS);
        if (!plus && !offered.contains(Scram.MECHANISM)) {
            throw new ProtocolViolation("the server does not offer " + Scram.MECHANISM);
        }
        this.mechanism = plus ? Scram.MECHANISM_PLUS : Scram.MECHANISM;
        this.bound = plus ? endPoint : new byte[0];
        this.gs2Header = plus ? "p=" + Scram.BINDING + ",," : endPoint.length > 0 ? "y,," : "n,,";
    }

    /** The mechanism that is used. */
    String mechanism() {
        return mechanism;
    }

    /** The first message. */
    String first() {
        return gs2Header + firstBare;
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
        String withoutProof = Scram.binding(gs2Header, bound) + "," + attributes[0];
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
