package dev.gatehouse.journal.seal;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The root of a Merkle tree over records, as RFC 6962 §2.1 builds it: a leaf is SHA-256 of {@code 0x00} and the record, a
 * node is SHA-256 of {@code 0x01} and its two children. Grows leaf by leaf and holds as many hashes as it is high. Used by
 * one thread.
 */
public final class MerkleTree {

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final MessageDigest sha = Sha256.digest();
    /** The roots of the whole subtrees there are, the largest first. */
    private final List<byte[]> roots = new ArrayList<>();

    private long leaves;

    /** Forgets all leaves. */
    public void clear() {
        roots.clear();
        leaves = 0;
    }

    /** Adds a record: the buffer's bytes from the position to the limit; both are left alone. */
    public void add(ByteBuffer record) {
        sha.update(LEAF);
        sha.update(record.duplicate());
        byte[] root = sha.digest();
        for (long size = leaves++; (size & 1) == 1; size >>= 1) {
            root = node(roots.remove(roots.size() - 1), root);
        }
        roots.add(root);
    }

    /** The root over what was added; of nothing, SHA-256 of nothing. */
    public byte[] root() {
        if (roots.isEmpty()) {
            return sha.digest();
        }
        byte[] root = roots.get(roots.size() - 1);
        for (int i = roots.size() - 2; i >= 0; i--) {
            root = node(roots.get(i), root);
        }
        return Arrays.copyOf(root, root.length);
    }

    private byte[] node(byte[] left, byte[] right) {
        sha.update(NODE);
        sha.update(left);
        return sha.digest(right);
    }
}
