package dev.gatehouse.journal.seal;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * The chain of hashes over a journal's documents: each is SHA-256 of the one before, the document's header, and the Merkle
 * root of its records. The first follows 32 zero bytes. Used by one thread.
 */
public final class Chain {

    /** Of each hash. */
    public static final int BYTES = Sha256.BYTES;

    private final MessageDigest sha = Sha256.digest();

    /** What the first document follows. */
    public static byte[] begin() {
        return new byte[BYTES];
    }

    /**
     * The hash of a document.
     *
     * @param before the hash of the document before
     * @param header from the position to the limit; both are left alone
     * @param root of its records
     */
    public byte[] next(byte[] before, ByteBuffer header, byte[] root) {
        sha.update(before);
        sha.update(header.duplicate());
        return sha.digest(root);
    }
}
