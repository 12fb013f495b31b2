package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.session.ScramVerifier;
import dev.gatehouse.wire.postgres.message.Report;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;

/**
 * The server's part of one SCRAM-SHA-256 exchange, bound to its TLS connection where the client can. What is wrong with a
 * message is told as PostgreSQL tells it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5802#section-5">RFC 5802, section 5</a>
 */
final class ScramServer {

    private static final byte[] NOTHING = {};
    private static final String THINKS_NOT = "The client supports SCRAM channel binding but thinks the server does not."
            + "  However, this server does support channel binding.";

    private final ScramVerifier verifier;
    private final String ownNonce;
    private final byte[] endPoint;
    private boolean plus;
    private String gs2Header = "";
    private String clientFirstBare = "";
    private String serverFirst = "";

    /**
     * @param ownNonce printable characters without a comma, not to be foreseen
     * @param endPoint stands for the TLS connection; empty without one, or where it cannot be bound to
     */
    ScramServer(ScramVerifier verifier, String ownNonce, byte[] endPoint) {
        this.verifier = verifier;
        this.ownNonce = ownNonce;
        this.endPoint = endPoint;
    }

    /** The mechanisms to offer, the best first. */
    List<String> mechanisms() {
        return endPoint.length > 0 ? List.of(Scram.MECHANISM_PLUS, Scram.MECHANISM) : List.of(Scram.MECHANISM);
    }

    /**
     * Answers the client's first message.
     *
     * @param mechanism the one it has chosen
     * @throws Malformed if it is not one
     */
    String first(String mechanism, String message) throws Malformed {
        if (!mechanisms().contains(mechanism)) {
            throw new Malformed("08P01", "client selected an invalid SASL authentication mechanism", "");
        }
        plus = mechanism.equals(Scram.MECHANISM_PLUS);
        int flagEnd = message.indexOf(',');
        if (flagEnd < 0) {
            throw malformed("The message has no channel binding flag.");
        }
        binding(message.substring(0, flagEnd));
        if (message.startsWith("a", flagEnd + 1)) {
            throw new Malformed("0A000", "client uses authorization identity, but it is not supported", "");
        }
        if (!message.startsWith(",", flagEnd + 1)) {
            throw malformed("The authorization identity is not followed by a comma.");
        }
        gs2Header = message.substring(0, flagEnd + 2);
        clientFirstBare = message.substring(flagEnd + 2);
        if (clientFirstBare.startsWith("m=")) {
            throw new Malformed("0A000", "client requires an unsupported SCRAM extension", "");
        }
        String[] attributes = clientFirstBare.split(",", -1);
        if (attributes.length < 2
                || !attributes[0].startsWith("n=")
                || !attributes[1].startsWith("r=")
                || attributes[1].length() == 2) {
            throw malformed("The first message lacks user name and nonce.");
        }
        serverFirst = "r=" + attributes[1].substring(2) + ownNonce + ",s="
                + Base64.getEncoder().encodeToString(verifier.salt()) + ",i=" + verifier.iterations();
        return serverFirst;
    }

    /** Checks the flag by which a client says what it knows of channel binding. */
    private void binding(String flag) throws Malformed {
        if (flag.equals("n") || flag.equals("y")) {
            if (plus) {
                throw malformed("The client selected SCRAM-SHA-256-PLUS, but the SCRAM message does not include"
                        + " channel binding data.");
            }
            if (flag.equals("y") && endPoint.length > 0) {
                throw new Malformed("28000", "SCRAM channel binding negotiation error", THINKS_NOT);
            }
        } else if (flag.startsWith("p=")) {
            if (!plus) {
                throw malformed("The client selected SCRAM-SHA-256 without channel binding, but the SCRAM message"
                        + " includes channel binding data.");
            }
            if (!flag.equals("p=" + Scram.BINDING)) {
                throw new Malformed("08P01", "unsupported SCRAM channel-binding type", "");
            }
        } else {
            throw malformed("The channel binding flag is unknown.");
        }
    }

    /**
     * Checks the client's proof.
     *
     * @return the server's own proof; empty when the client's does not hold
     * @throws Malformed if it is not a final message of this exchange
     */
    String last(String message) throws Malformed {
        int proofAt = message.lastIndexOf(",p=");
        String[] attributes = message.split(",", -1);
        if (proofAt < 0
                || attributes.length < 3
                || !attributes[0].startsWith("c=")
                || !attributes[1].startsWith("r=")) {
            throw malformed("The final message lacks channel binding, nonce or proof.");
        }
        if (!attributes[0].equals(Scram.binding(gs2Header, plus ? endPoint : NOTHING))) {
            throw plus
                    ? new Malformed("28000", "SCRAM channel binding check failed", "")
                    : new Malformed("08P01", "unexpected SCRAM channel-binding attribute in client-final-message", "");
        }
        if (!serverFirst.startsWith(attributes[1] + ",") || !attributes[1].endsWith(ownNonce)) {
            throw new Malformed("08P01", "invalid SCRAM response", "Nonce does not match.");
        }
        byte[] proof;
        try {
            proof = Base64.getDecoder().decode(message.substring(proofAt + 3));
        } catch (IllegalArgumentException e) {
            throw malformed("Malformed proof in client-final-message.");
        }
        String authMessage = clientFirstBare + "," + serverFirst + "," + message.substring(0, proofAt);
        byte[] signature = Scram.hmac(verifier.storedKey(), authMessage);
        if (proof.length != signature.length) {
            throw malformed("Malformed proof in client-final-message.");
        }
        boolean holds = MessageDigest.isEqual(Scram.sha256(Scram.xor(proof, signature)), verifier.storedKey());
        String answer = "v=" + Base64.getEncoder().encodeToString(Scram.hmac(verifier.serverKey(), authMessage));
        return holds && verifier.genuine() ? answer : "";
    }

    private static Malformed malformed(String detail) {
        return new Malformed("08P01", "malformed SCRAM message", detail);
    }

    /** The client's message is not what the exchange asks for. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        private final String state;
        private final String detail;

        /** @param state the SQLSTATE it is told with */
        Malformed(String state, String message, String detail) {
            super(message, null, false, false);
            this.state = state;
            this.detail = detail;
        }

        /** Whether it looks as if somebody stood between. */
        boolean isSuspicious() {
            return state.startsWith("28");
        }

        /** As the client is told. */
        Report report() {
            return Report.of(Report.ERROR, "FATAL", state, String.valueOf(getMessage()))
                    .with('D', detail);
        }
    }
}
