package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.session.ScramVerifier;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/**
 * The server's part of one SCRAM-SHA-256 exchange, without channel binding.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5802#section-5">RFC 5802, section 5</a>
 */
final class ScramServer {

    private final ScramVerifier verifier;
    private final String ownNonce;
    private String gs2Header = "";
    private String clientFirstBare = "";
    private String serverFirst = "";

    /**
     * @param ownNonce printable characters without a comma, not to be foreseen
     */
    ScramServer(ScramVerifier verifier, String ownNonce) {
        this.verifier = verifier;
        this.ownNonce = ownNonce;
    }

    /**
     * Answers the client's first message.
     *
     * @throws Malformed if it is not one
     */
    String first(String message) throws Malformed {
        if (message.startsWith("p=")) {
            throw new Malformed("channel binding was not offered");
        }
        if (!message.startsWith("n,,") && !message.startsWith("y,,")) {
            throw new Malformed("an authorization identity or an unknown channel binding flag");
        }
        gs2Header = message.substring(0, 3);
        clientFirstBare = message.substring(3);
        String[] attributes = clientFirstBare.split(",", -1);
        if (attributes.length < 2
                || !attributes[0].startsWith("n=")
                || !attributes[1].startsWith("r=")
                || attributes[1].length() == 2) {
            throw new Malformed("a first message without user name and nonce");
        }
        serverFirst = "r=" + attributes[1].substring(2) + ownNonce + ",s="
                + Base64.getEncoder().encodeToString(verifier.salt()) + ",i=" + verifier.iterations();
        return serverFirst;
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
            throw new Malformed("a final message without channel binding, nonce and proof");
        }
        String binding = Base64.getEncoder().encodeToString(gs2Header.getBytes(StandardCharsets.US_ASCII));
        if (!attributes[0].substring(2).equals(binding)
                || !serverFirst.startsWith(attributes[1] + ",")
                || !attributes[1].endsWith(ownNonce)) {
            throw new Malformed("a final message of another exchange");
        }
        byte[] proof;
        try {
            proof = Base64.getDecoder().decode(message.substring(proofAt + 3));
        } catch (IllegalArgumentException e) {
            throw new Malformed("a proof that is not base 64");
        }
        String authMessage = clientFirstBare + "," + serverFirst + "," + message.substring(0, proofAt);
        byte[] signature = Scram.hmac(verifier.storedKey(), authMessage);
        boolean holds = proof.length == signature.length
                && MessageDigest.isEqual(Scram.sha256(Scram.xor(proof, signature)), verifier.storedKey());
        String answer = "v=" + Base64.getEncoder().encodeToString(Scram.hmac(verifier.serverKey(), authMessage));
        return holds && verifier.genuine() ? answer : "";
    }

    /** The client's message is not what the exchange asks for. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String what) {
            super(what, null, false, false);
        }
    }
}
