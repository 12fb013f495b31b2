package dev.gatehouse.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.wire.DocumentContext;
import net.openhft.chronicle.wire.Wire;

/** Moves bytes between buffers and a queue's documents, past Chronicle's own formats. */
final class Documents {

    private Documents() {}

    /** Adds what remains of a buffer to a document that is being written. */
    static void write(DocumentContext document, ByteBuffer bytes) {
        Bytes<?> out = wire(document).bytes();
        int length = bytes.remaining();
        out.ensureCapacity(out.writePosition() + length);
        out.writeSome(bytes);
        if (bytes.hasRemaining()) {
            throw new JournalException(
                    "journal: the queue took only " + (length - bytes.remaining()) + " bytes of " + length);
        }
    }

    /** A copy of a document that is being read. */
    static ByteBuffer bytes(DocumentContext document) {
        Bytes<?> in = wire(document).bytes();
        byte[] copy = new byte[Math.toIntExact(in.readRemaining())];
        in.read(copy);
        return ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static Wire wire(DocumentContext document) {
        Wire wire = document.wire();
        if (wire == null) {
            throw new JournalException("journal: the queue gave a document without bytes");
        }
        return wire;
    }
}
