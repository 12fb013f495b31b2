package dev.gatehouse.wire.postgres.value;

import dev.gatehouse.firewall.masking.Mask;
import io.netty.buffer.ByteBuf;

/**
 * Masks each element of an array in binary form. What is no array becomes NULL.
 *
 * <pre>
 *   dimensions │ has NULL │ element type │ size │ lower bound │ … │ length │ element │ length │ …
 *       4      │    4     │      4       │  4   │      4      │   │   4    │    …    │
 * </pre>
 *
 * @param each the mask of an element
 * @see <a href="https://github.com/postgres/postgres/blob/master/src/backend/utils/adt/arrayfuncs.c">arrayfuncs.c,
 *     array_send</a>
 */
record ArrayElements(Mask each) implements Mask {

    private static final int HEADER = 3 * Integer.BYTES;
    private static final int DIMENSION = 2 * Integer.BYTES;
    /** {@code MAXDIM}. */
    private static final int MOST_DIMENSIONS = 6;

    @Override
    public int write(ByteBuf row, int index, int length, ByteBuf out) {
        int end = index + length;
        int dimensions = length < HEADER ? -1 : row.getInt(index);
        if (dimensions < 0 || dimensions > MOST_DIMENSIONS || length < HEADER + dimensions * DIMENSION) {
            return NULL;
        }
        int begin = out.writerIndex();
        int at = index + HEADER + dimensions * DIMENSION;
        out.writeBytes(row, index, at - index);
        while (at < end) {
            int size = end - at < Integer.BYTES ? Integer.MAX_VALUE : row.getInt(at);
            at += Integer.BYTES;
            if (size < NULL || size > end - at) {
                out.writerIndex(begin);
                return NULL;
            }
            int lengthAt = out.writerIndex();
            out.writeInt(NULL);
            int written = size == NULL ? NULL : each.write(row, at, size, out);
            out.setInt(lengthAt, written);
            if (written == NULL) {
                out.setInt(begin + Integer.BYTES, 1);
            }
            at += Math.max(size, 0);
        }
        return out.writerIndex() - begin;
    }

    @Override
    public boolean replaces() {
        return false;
    }

    @Override
    public String id() {
        return each.id();
    }
}
