package dev.gatehouse.wire.mysql.result;

import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.masking.MaskPlan;
import dev.gatehouse.wire.mysql.message.Body;
import dev.gatehouse.wire.mysql.message.ProtocolViolation;
import io.netty.buffer.ByteBuf;

/**
 * Rewrites the rows of text result sets by a plan. A row is copied in runs: everything up to a masked value at once, then
 * what the mask writes.
 *
 * <pre>
 *   length │ value │ 0xfb for NULL │ length │ value │ …
 * </pre>
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_query_response_text_resultset_row.html">
 *     Text Resultset Row</a>
 */
public final class TextRows {

    private TextRows() {}

    /**
     * Writes the masked form of one row's payload.
     *
     * @param plan not empty
     * @param row holds the payload, lent
     * @param index where it begins
     * @param length its length
     * @param out where the masked payload goes, lent
     * @throws ProtocolViolation if the row does not have the plan's columns; nothing usable was written then
     */
    public static void rewrite(MaskPlan plan, ByteBuf row, int index, int length, ByteBuf out) {
        int end = index + length;
        out.ensureWritable(length);
        int copied = index;
        int at = index;
        for (int column = 0; column < plan.width(); column++) {
            if (at >= end) {
                throw new ProtocolViolation("a row shorter than its columns");
            }
            if (row.getUnsignedByte(at) == Body.NULL) {
                at++;
                continue;
            }
            int value = Values.begin(row, at, end);
            int size = Values.length(row, at, value, end);
            Mask mask = plan.mask(column);
            if (mask != null) {
                out.writeBytes(row, copied, at - copied);
                if (!Values.write(mask, row, value, size, out)) {
                    out.writeByte(Body.NULL);
                }
                copied = value + size;
            }
            at = value + size;
        }
        if (at != end) {
            throw new ProtocolViolation((end - at) + " bytes too many in a row");
        }
        out.writeBytes(row, copied, end - copied);
    }
}
