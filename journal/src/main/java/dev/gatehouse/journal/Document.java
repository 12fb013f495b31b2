package dev.gatehouse.journal;

import dev.gatehouse.journal.seal.Chain;
import dev.gatehouse.journal.seal.Hash;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.wire.DocumentContext;
import net.openhft.chronicle.wire.Wire;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One document of the queue, read past Chronicle's own formats.
 *
 * @param batch its header
 * @param chain the chain's hash up to here, as it says
 * @param stretch its slots, from the position to the limit
 */
record Document(Batch batch, Hash chain, ByteBuffer stretch) {

    private static final Logger LOG = LoggerFactory.getLogger(Document.class);

    /**
     * Reads a document.
     *
     * @param where for messages
     * @return null if it is damaged, as one is that was written to a full disk; that is logged
     */
    static @Nullable Document read(DocumentContext context, String where) {
        Bytes<?> in = bytes(context);
        byte[] copy = new byte[Math.toIntExact(in.readRemaining())];
        in.read(copy);
        ByteBuffer bytes = ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
        try {
            Batch batch = Batch.read(bytes, where);
            bytes.position(Batch.HEADER_BYTES).limit(Batch.HEADER_BYTES + batch.bytes());
            if (Batch.crc(bytes) == batch.crc()) {
                byte[] chain = new byte[Chain.BYTES];
                bytes.get(Batch.PLAIN_BYTES, chain);
                return new Document(batch, Hash.of(chain), bytes);
            }
            LOG.warn("A document at {} does not agree with its check sum and is passed over: {}", where, batch);
        } catch (JournalException e) {
            LOG.warn("A document is passed over: {}", e.getMessage());
        }
        return null;
    }

    /** The bytes of a document that is being read or written. */
    static Bytes<?> bytes(DocumentContext context) {
        Wire wire = context.wire();
        if (wire == null) {
            throw new JournalException("journal: the queue gave a document without bytes");
        }
        return wire.bytes();
    }
}
