package dev.gatehouse.journal;

import dev.gatehouse.journal.seal.Chain;
import dev.gatehouse.journal.seal.MerkleTree;
import java.nio.ByteBuffer;

/** Makes the links of the chain, one for each document. Used by one thread. */
final class Links {

    private final Chain chain = new Chain();
    private final MerkleTree tree = new MerkleTree();

    /**
     * The hash of a document.
     *
     * @param before the hash of the document before
     * @param header the header from the position on, with or without the chain; left alone
     * @param stretch from the position to the limit, little-endian; left alone
     * @throws JournalException if the stretch does not hold as many records as the header says
     */
    byte[] next(byte[] before, ByteBuffer header, Batch batch, ByteBuffer stretch) {
        tree.clear();
        if (batch.isSeal()) {
            tree.add(stretch);
        } else {
            addRecords(batch, stretch);
        }
        return chain.next(before, header.slice(header.position(), Batch.PLAIN_BYTES), tree.root());
    }

    private void addRecords(Batch batch, ByteBuffer stretch) {
        int records = 0;
        for (int at = stretch.position(); at < stretch.limit(); records++) {
            int bytes = Slot.aligned(Slot.checked(stretch, at, stretch.limit() - at, "a document"));
            tree.add(stretch.slice(at, bytes));
            at += bytes;
        }
        if (records != batch.count()) {
            throw new JournalException(
                    "journal: a document holds " + records + " records where it says " + batch.count());
        }
    }
}
