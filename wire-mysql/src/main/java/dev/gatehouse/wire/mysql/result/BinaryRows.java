package dev.gatehouse.wire.mysql.result;

import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.masking.MaskPlan;
import dev.gatehouse.wire.mysql.message.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * Rewrites the rows of binary result sets by a plan, as {@link TextRows} does those of text result sets. A mask writes a
 * value of the column's own form, or NULL.
 *
 * <pre>
 *   0x00 │ a bit for each column, from the third on: whether it is NULL │ value │ value │ …
 * </pre>
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_binary_resultset.html">Binary Protocol
 *     Resultset Row</a>
 */
public final class BinaryRows {

    /** How many bits of the bitmap are left out. */
    private static final int OFFSET = 2;

    private static final int HEADER = 1;

    /** The sizes of the columns' values, see {@link ColumnType#size}. */
    private final byte[] sizes;

    private final int values;

    /** @param columns the result's columns, in order */
    public BinaryRows(List<ColumnDefinition> columns) {
        this.sizes = new byte[columns.size()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = (byte) ColumnType.size(columns.get(i).type());
        }
        this.values = HEADER + (sizes.length + OFFSET + 7) / 8;
    }

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
    public void rewrite(MaskPlan plan, ByteBuf row, int index, int length, ByteBuf out) {
        if (plan.width() != sizes.length || length < values || row.getByte(index) != 0) {
            throw new ProtocolViolation("a row that is not one of " + sizes.length + " columns");
        }
        int end = index + length;
        out.ensureWritable(length);
        int bitmap = out.writerIndex() + HEADER;
        out.writeBytes(row, index, values);
        int copied = index + values;
        int at = copied;
        for (int column = 0; column < sizes.length; column++) {
            int bit = column + OFFSET;
            if ((row.getByte(index + HEADER + (bit >> 3)) >> (bit & 7) & 1) != 0) {
                continue;
            }
            int value = begin(column, row, at, end);
            int size = length(column, row, at, value, end);
            Mask mask = plan.mask(column);
            if (mask != null) {
                out.writeBytes(row, copied, at - copied);
                if (!write(sizes[column], mask, row, value, size, out)) {
                    int place = bitmap + (bit >> 3);
                    out.setByte(place, out.getByte(place) | 1 << (bit & 7));
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

    /** Writes the masked form of a value; answers false, and nothing is written, where it is NULL or no value of this kind. */
    private static boolean write(byte kind, Mask mask, ByteBuf row, int value, int size, ByteBuf out) {
        if (kind == ColumnType.LENGTH_ENCODED) {
            return Values.write(mask, row, value, size, out);
        }
        int start = out.writerIndex();
        if (kind == ColumnType.BEHIND_ONE_BYTE) {
            out.writeByte(0);
        }
        int written = mask.write(row, value, size, out);
        boolean formed = kind == ColumnType.BEHIND_ONE_BYTE ? BinaryTime.isLength(written) : written == size;
        if (!formed) {
            out.writerIndex(start);
        } else if (kind == ColumnType.BEHIND_ONE_BYTE) {
            out.setByte(start, written);
        }
        return formed;
    }

    private int begin(int column, ByteBuf row, int at, int end) {
        return switch (sizes[column]) {
            case ColumnType.LENGTH_ENCODED -> Values.begin(row, at, end);
            case ColumnType.BEHIND_ONE_BYTE -> {
                if (at >= end) {
                    throw new ProtocolViolation("a row shorter than its columns");
                }
                yield at + 1;
            }
            default -> at;
        };
    }

    private int length(int column, ByteBuf row, int at, int begin, int end) {
        if (sizes[column] == ColumnType.LENGTH_ENCODED) {
            return Values.length(row, at, begin, end);
        }
        int size = sizes[column] == ColumnType.BEHIND_ONE_BYTE ? row.getUnsignedByte(at) : sizes[column];
        if (size > end - begin) {
            throw new ProtocolViolation("a value longer than its row");
        }
        return size;
    }
}
