package dev.gatehouse.journal;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Where batches are kept for good. Used by the writer's thread alone. */
interface Ledger extends AutoCloseable {

    /** The last whole batch it holds, looked up where it is kept. */
    Optional<Batch> last();

    /**
     * Keeps a batch: all of it, or none and an exception.
     *
     * @param stretch its records, from the position to the limit; lent
     */
    void append(Batch batch, ByteBuffer stretch);

    /** The chain's hash up to the last batch it holds. */
    byte[] chain();

    @Override
    void close();
}
