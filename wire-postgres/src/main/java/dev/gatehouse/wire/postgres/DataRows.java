package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.masking.MaskPlan;
import dev.gatehouse.wire.postgres.message.Frame;
import dev.gatehouse.wire.postgres.message.ProtocolViolation;
import io.netty.buffer.ByteBuf;

/**
 * Rewrites DataRow messages by a plan. A row is copied in runs: everything up to a masked value at once, then what the
 * mask writes, then the lengths are set right.
 *
 * <pre>
 *   'D' │ length │ columns │ length │ value │ length │ value │ …
 *    1      4         2        4      …         4       …
 * </pre>
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">Message Formats, DataRow (B)</a>
 */
final class DataRows {

    static final byte TAG = 'D';
    private static final int NULL = -1;

    private DataRows() {}

    /**
     * Writes the masked form of one row.
     *
     * @param plan not empty
     * @param row holds the frame, lent
     * @param index where the frame's tag stands
     * @param length the frame's length, tag included
     * @param out where the masked row goes, lent
     * @throws ProtocolViolation if the row does not have the plan's columns; nothing usable was written then
     */
    static void rewrite(MaskPlan plan, ByteBuf row, int index, int length, ByteBuf out) {
        int end = index + length;
        int start = out.writerIndex();
        int columns = length < Frame.HEADER + Short.BYTES ? 0 : row.getUnsignedShort(index + Frame.HEADER);
        if (columns != plan.width()) {
            throw new ProtocolViolation("a row of " + columns + " columns where " + plan.width() + " were described");
        }
        out.ensureWritable(length);
        int copied = index;
        int at = index + Frame.HEADER + Short.BYTES;
        for (int column = 0; column < columns; column++) {
            if (end - at < Integer.BYTES) {
                throw new ProtocolViolation("a row shorter than its columns");
            }
            int size = row.getInt(at);
            int value = at + Integer.BYTES;
            if (size < NULL || size > end - value) {
                throw new ProtocolViolation("a value of " + size + " bytes");
            }
            Mask mask = plan.mask(column);
            if (mask != null && size != NULL) {
                out.writeBytes(row, copied, at - copied);
                int lengthAt = out.writerIndex();
                out.writeInt(0);
                int written = mask.write(row, value, size, out);
                out.setInt(lengthAt, written);
                copied = value + size;
            }
            at = value + Math.max(size, 0);
        }
        if (at != end) {
            throw new ProtocolViolation((end - at) + " bytes too many in a row");
        }
        out.writeBytes(row, copied, end - copied);
        Frame.end(out, start);
    }
}
