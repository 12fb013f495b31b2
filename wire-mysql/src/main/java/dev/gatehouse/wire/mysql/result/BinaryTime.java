package dev.gatehouse.wire.mysql.result;

import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.masking.ValueForm;
import io.netty.buffer.ByteBuf;
import java.time.temporal.ChronoUnit;

/**
 * Dates and points in time. What has no month, as MySQL's zero date, becomes NULL.
 *
 * <pre>
 *   year 2 │ month 1 │ day 1 │ hour 1 │ minute 1 │ second 1 │ microseconds 4    trailing zeros may be left out
 * </pre>
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_binary_resultset.html">Binary Protocol
 *     Resultset, ProtocolBinary::MYSQL_TYPE_DATETIME</a>
 */
enum BinaryTime implements ValueForm.Times {
    TIME;

    private static final int DATE_BYTES = 4;
    private static final int MOST_BYTES = 11;
    private static final int SECONDS_BYTES = 7;

    /** Whether such a value may take so many bytes. */
    static boolean isLength(int length) {
        return length == DATE_BYTES || length == SECONDS_BYTES || length == MOST_BYTES;
    }

    @Override
    public int truncate(ChronoUnit to, ByteBuf row, int index, int length, ByteBuf out) {
        if (!isLength(length) || row.getShortLE(index) == 0 || row.getByte(index + 2) == 0) {
            return Mask.NULL;
        }
        out.writeShortLE(row.getShortLE(index));
        out.writeByte(to == ChronoUnit.YEARS ? 1 : row.getByte(index + 2));
        out.writeByte(to == ChronoUnit.DAYS || to == ChronoUnit.HOURS ? row.getByte(index + 3) : 1);
        if (to != ChronoUnit.HOURS || length == DATE_BYTES) {
            return DATE_BYTES;
        }
        out.writeByte(row.getByte(index + DATE_BYTES)).writeShort(0);
        return SECONDS_BYTES;
    }
}
