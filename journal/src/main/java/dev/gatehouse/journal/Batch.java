package dev.gatehouse.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The header of one document of the queue: a stretch of one spool, copied as it lay there, or a checkpoint. All numbers
 * are little-endian.
 *
 * <pre>
 *   0  byte  format    2
 *   1  3 bytes         zero
 *   4  int   count     of records
 *   8  long  pass      see below
 *  16  long  sequence  records in the journal before this document
 *  24  long  spool     the spool's id; 0 in a document that marks the begin of a run, or is a checkpoint
 *  32  long  from      position in the spool where the stretch begins
 *  40  long  to        position where it ends
 *  48  int   bytes     of the stretch
 *  52  int   crc       CRC-32C of the stretch; a document that does not agree with it counts for nothing
 *  56  32 bytes        the chain's hash up to here, see {@link dev.gatehouse.journal.seal.Chain}, over bytes 0 to 55 and
 *                      the records of the stretch
 *  88  …     the stretch: slots, see {@link Slot}, or one {@link dev.gatehouse.journal.seal.Checkpoint}
 * </pre>
 *
 * <p>Documents of one pass stand side by side. A pass holds of every spool what was stamped up to one instant, so whoever
 * sorts the records of a pass by their stamps has all records in order, and a cause never after its effect.
 */
record Batch(int count, long pass, long sequence, long spool, long from, long to, int bytes, int crc) {

    static final int HEADER_BYTES = 88;
    /** Of the header, without the chain. */
    static final int PLAIN_BYTES = 56;

    static final byte FORMAT = 2;
    /** What stands in {@code spool} where a run of the gateway begins, and in checkpoints. */
    static final long NO_SPOOL = 0;

    /** A document that holds no record and begins a pass. */
    static Batch begin(long pass, long sequence) {
        return new Batch(0, pass, sequence, NO_SPOOL, 0, 0, 0, 0);
    }

    /** A document that holds a checkpoint. */
    static Batch seal(long pass, long sequence, ByteBuffer checkpoint) {
        return new Batch(0, pass, sequence, NO_SPOOL, 0, 0, checkpoint.remaining(), crc(checkpoint));
    }

    /** Whether its stretch is a checkpoint, and holds no records. */
    boolean isSeal() {
        return spool == NO_SPOOL && bytes > 0;
    }

    /** How many records the journal holds up to the end of this one. */
    long nextSequence() {
        return sequence + count;
    }

    /** Writes the header at the buffer's begin, without the chain. */
    void write(ByteBuffer out) {
        out.putInt(0, FORMAT)
                .putInt(4, count)
                .putLong(8, pass)
                .putLong(16, sequence)
                .putLong(24, spool)
                .putLong(32, from)
                .putLong(40, to)
                .putInt(48, bytes)
                .putInt(52, crc);
    }

    /**
     * Reads the header at the buffer's begin.
     *
     * @param document the whole document, little-endian
     * @throws JournalException if it is not one, or the document is shorter than it says
     */
    static Batch read(ByteBuffer document, String where) {
        int size = document.limit();
        if (size < HEADER_BYTES || document.get(0) != FORMAT) {
            throw new JournalException("journal: " + where + " is not a batch of format " + FORMAT + " but "
                    + (size == 0 ? "empty" : "of format " + document.get(0) + " and " + size + " bytes"));
        }
        int bytes = document.getInt(48);
        if (bytes < 0 || bytes > size - HEADER_BYTES) {
            throw new JournalException("journal: " + where + " is cut short: " + bytes + " bytes of " + size);
        }
        return new Batch(
                document.getInt(4),
                document.getLong(8),
                document.getLong(16),
                document.getLong(24),
                document.getLong(32),
                document.getLong(40),
                bytes,
                document.getInt(52));
    }

    /** The check sum of a stretch; the buffer's position is left alone. */
    static int crc(ByteBuffer stretch) {
        CRC32C crc = new CRC32C();
        crc.update(stretch.duplicate());
        return (int) crc.getValue();
    }
}
