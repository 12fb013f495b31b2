package dev.gatehouse.journal;

import dev.gatehouse.journal.seal.Checkpoint;
import java.util.List;
import java.util.Optional;

/**
 * What a verification of a journal has found.
 *
 * @param segments files of the queue that hold something
 * @param documents documents in them
 * @param records records in those
 * @param last the last checkpoint that is as it should be
 * @param unsealed how many records came after it: nobody would notice if they were taken away and the spools as well
 * @param findings what is wrong, in the order of the journal; the first is where trust ends
 */
public record Verification(
        long segments, long documents, long records, Optional<Checkpoint> last, long unsealed, List<Finding> findings) {

    /**
     * Something that is not as it was written.
     *
     * @param what in words
     * @param where the place in the queue, and the record
     */
    public record Finding(String what, String where) {}

    /** Whether nothing is wrong. */
    public boolean isGood() {
        return findings.isEmpty();
    }
}
