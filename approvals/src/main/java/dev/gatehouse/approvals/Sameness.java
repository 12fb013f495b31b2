package dev.gatehouse.approvals;

import dev.gatehouse.firewall.approval.Request;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells requests for the very same apart from others: of the same identity, for the same thing, by the same rule and flow. */
final class Sameness {

    private Sameness() {}

    /** 64 hexadecimal digits, equal for the same and for nothing else. */
    static String of(Request request) {
        MessageDigest sha = sha256();
        add(sha, request.session().subject().name());
        add(sha, request.digest().hex());
        add(sha, request.rule().id());
        add(sha, RequestDocument.flow(request.flow()).toString());
        return HexFormat.of().formatHex(sha.digest());
    }

    private static void add(MessageDigest sha, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        sha.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
