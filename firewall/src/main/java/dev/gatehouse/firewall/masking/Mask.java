package dev.gatehouse.firewall.masking;

import io.netty.buffer.ByteBuf;

/** Rewrites one value. Keeps no state between values; used on one event loop at a time. */
public interface Mask {

    /** What {@link #write} answers for SQL's NULL. */
    int NULL = -1;

    /**
     * Writes the masked form of a value that is not NULL.
     *
     * @param row where the value stands, lent
     * @param index the value's first byte
     * @param length its length in bytes
     * @param out where the masked form goes, lent
     * @return how many bytes were written, or {@link #NULL} and none were
     */
    int write(ByteBuf row, int index, int length, ByteBuf out);

    /** Whether it takes the place of a whole value, whatever the value is; otherwise of what it finds in one. */
    default boolean replaces() {
        return true;
    }

    /** The id of the policy's mask, for the journal; {@code unaccounted} for a column whose origin is not known. */
    String id();
}
