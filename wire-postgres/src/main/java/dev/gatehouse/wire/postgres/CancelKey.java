package dev.gatehouse.wire.postgres;

import dev.gatehouse.wire.postgres.message.Body;
import dev.gatehouse.wire.postgres.message.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * What a session's BackendKeyData tells, and a CancelRequest repeats.
 *
 * @param process the process id, which is no secret
 * @param secret 4 bytes, and up to 256 since protocol 3.2
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">Message Formats, BackendKeyData (B)</a>
 */
record CancelKey(int process, byte[] secret) {

    static final int MAX_SECRET_BYTES = 256;

    private static final int CANCEL_REQUEST = 80877102;

    /** The length and the code of a CancelRequest, and the process id. */
    private static final int HEADER_BYTES = 12;

    /**
     * Reads what a BackendKeyData has behind its header.
     *
     * @throws ProtocolViolation if the secret is empty or too long
     */
    static CancelKey read(Body body) {
        int process = body.int32();
        return of(process, body).orElseThrow(() -> new ProtocolViolation("a cancel key of illegal length"));
    }

    /** Reads what a CancelRequest has behind its code; empty if that is none. */
    static Optional<CancelKey> requested(Body body) {
        return body.left() < Integer.BYTES ? Optional.empty() : of(body.int32(), body);
    }

    private static Optional<CancelKey> of(int process, Body body) {
        int length = body.left();
        return length == 0 || length > MAX_SECRET_BYTES
                ? Optional.empty()
                : Optional.of(new CancelKey(process, body.bytes(length)));
    }

    /** Writes a whole CancelRequest, which has no tag. */
    void request(ByteBuf out) {
        out.writeInt(HEADER_BYTES + secret.length).writeInt(CANCEL_REQUEST).writeInt(process);
        out.writeBytes(secret);
    }

    /** Whether another key is this one; how long it takes tells nothing of where they differ. */
    boolean matches(CancelKey other) {
        return process == other.process && MessageDigest.isEqual(secret, other.secret);
    }

    @Override
    public String toString() {
        return process + " ••••";
    }
}
