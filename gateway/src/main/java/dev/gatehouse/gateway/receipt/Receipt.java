package dev.gatehouse.gateway.receipt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.journal.seal.SigningKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A signed word that a statement was approved, by whom and when, which can be checked without the gateway. On paper it is an
 * envelope of <a href="https://github.com/secure-systems-lab/dsse">DSSE</a>: the payload's exact bytes in base64 and a
 * signature by Ed25519 over them and their type, so that what is read is what was signed.
 *
 * @param payload the receipt's bytes, JSON
 * @param key the public key it says it was signed with
 * @param signature 64 bytes
 */
public record Receipt(byte[] payload, byte[] key, byte[] signature) {

    /** What the signature says the payload is. */
    static final String TYPE = "application/vnd.gatehouse.approval-receipt+json";

    private static final int SIGNATURE_BYTES = 64;
    private static final int MOST_CHARACTERS = 64 << 20;
    private static final String KEY = "ed25519:";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Thrown for a file that is no receipt; the message says why. */
    public static final class NotAReceipt extends Exception {
        private static final long serialVersionUID = 1;

        NotAReceipt(String why) {
            super(why);
        }
    }

    /** Signs a receipt. */
    static Receipt sign(ObjectNode content, SigningKey key) {
        byte[] payload = content.toString().getBytes(StandardCharsets.UTF_8);
        return new Receipt(payload, key.publicKey(), key.sign(signed(payload)));
    }

    /** The envelope. */
    public ObjectNode envelope() {
        ObjectNode envelope = JsonNodeFactory.instance
                .objectNode()
                .put("payloadType", TYPE)
                .put("payload", Base64.getEncoder().encodeToString(payload));
        envelope.putArray("signatures")
                .addObject()
                .put("keyid", KEY + HexFormat.of().formatHex(key))
                .put("sig", Base64.getEncoder().encodeToString(signature));
        return envelope;
    }

    /**
     * Reads an envelope; its signature is still to be checked.
     *
     * @throws NotAReceipt if the text is none
     */
    public static Receipt read(String text) throws NotAReceipt {
        if (text.length() > MOST_CHARACTERS) {
            throw new NotAReceipt("it is too long");
        }
        JsonNode envelope = parse(text);
        if (!envelope.path("payloadType").asText().equals(TYPE)) {
            throw new NotAReceipt("its payloadType is not " + TYPE);
        }
        JsonNode signatures = envelope.path("signatures");
        if (signatures.size() != 1) {
            throw new NotAReceipt("it has " + signatures.size() + " signatures, not one");
        }
        String key = signatures.path(0).path("keyid").asText();
        if (!key.matches(KEY + "[0-9a-f]{64}")) {
            throw new NotAReceipt("its keyid is not ed25519: and 64 hexadecimal digits");
        }
        byte[] signature = bytes(signatures.path(0).path("sig"), "sig");
        if (signature.length != SIGNATURE_BYTES) {
            throw new NotAReceipt("its signature has " + signature.length + " bytes, not " + SIGNATURE_BYTES);
        }
        byte[] payload = bytes(envelope.path("payload"), "payload");
        return new Receipt(payload, HexFormat.of().parseHex(key.substring(KEY.length())), signature);
    }

    private static JsonNode parse(String text) throws NotAReceipt {
        try {
            return Optional.ofNullable(MAPPER.readTree(text)).orElseThrow(() -> new NotAReceipt("it is empty"));
        } catch (JsonProcessingException e) {
            throw new NotAReceipt("it is not JSON");
        }
    }

    private static byte[] bytes(JsonNode text, String name) throws NotAReceipt {
        try {
            return Base64.getDecoder().decode(text.asText());
        } catch (IllegalArgumentException e) {
            throw new NotAReceipt("its " + name + " is not base64");
        }
    }

    /** Whether it was signed with this key, and nothing in it has changed since. */
    public boolean isSignedBy(byte[] publicKey) {
        return Arrays.equals(key, publicKey) && SigningKey.isSigned(publicKey, signed(payload), signature);
    }

    /**
     * What it says.
     *
     * @throws NotAReceipt if that is not JSON
     */
    public JsonNode content() throws NotAReceipt {
        return parse(new String(payload, StandardCharsets.UTF_8));
    }

    /** What is signed: DSSE's pre-authentication encoding, in which neither part can be taken for the other. */
    private static byte[] signed(byte[] payload) {
        byte[] head = ("DSSEv1 " + TYPE.length() + " " + TYPE + " " + payload.length + " ")
                .getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(head.length + payload.length)
                .put(head)
                .put(payload)
                .array();
    }
}
