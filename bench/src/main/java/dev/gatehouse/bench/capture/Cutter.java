package dev.gatehouse.bench.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Cuts one direction of a PostgreSQL connection into lines, a message each. Used by one thread at a time.
 *
 * <p>It needs to know only where messages without a tag stand: the client's up to the startup message, and the server's
 * single byte in answer to each request for encryption.
 */
final class Cutter {

    private static final int LENGTH_BYTES = 4;
    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;

    private final char side;
    private final Consumer<String> lines;
    private byte[] pending = {};
    private boolean greeting;
    private int answersDue;

    Cutter(char side, Consumer<String> lines) {
        this.side = side;
        this.lines = lines;
        this.greeting = side == WireText.CLIENT;
    }

    /**
     * Takes what arrived.
     *
     * @return how many requests for encryption the client made in it
     */
    int take(byte[] bytes, int length) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(pending);
        joined.write(bytes, 0, length);
        ByteBuffer in = ByteBuffer.wrap(joined.toByteArray());
        int requests = 0;
        while (in.hasRemaining()) {
            int size = size(in);
            if (size < 0 || size > in.remaining()) {
                break;
            }
            byte[] message = new byte[size];
            in.get(message);
            requests += write(message);
        }
        pending = new byte[in.remaining()];
        in.get(pending);
        return requests;
    }

    /** The server owes this many single bytes more. */
    void expectAnswers(int count) {
        answersDue += count;
    }

    /** Writes what is left as it is. */
    void finish() {
        if (pending.length > 0) {
            lines.accept(WireText.raw(side, pending));
            pending = new byte[0];
        }
    }

    private int size(ByteBuffer in) {
        if (answersDue > 0) {
            return 1;
        }
        int tagBytes = greeting ? 0 : 1;
        if (in.remaining() < tagBytes + LENGTH_BYTES) {
            return -1;
        }
        return tagBytes + Math.max(LENGTH_BYTES, in.getInt(in.position() + tagBytes));
    }

    private int write(byte[] message) {
        if (answersDue > 0) {
            answersDue--;
            lines.accept(WireText.raw(side, message));
            return 0;
        }
        if (!greeting) {
            lines.accept(WireText.canTag(message[0]) ? WireText.tagged(side, message) : WireText.raw(side, message));
            return 0;
        }
        lines.accept(WireText.untagged(side, message));
        int code = message.length >= 2 * LENGTH_BYTES ? ByteBuffer.wrap(message).getInt(LENGTH_BYTES) : 0;
        boolean encryption = code == SSL_REQUEST || code == GSS_REQUEST;
        greeting = encryption;
        return encryption ? 1 : 0;
    }
}
