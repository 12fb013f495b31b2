package dev.gatehouse.wire.mysql.prepared;

import dev.gatehouse.wire.mysql.message.Body;
import dev.gatehouse.wire.mysql.message.ProtocolViolation;
import dev.gatehouse.wire.mysql.result.ColumnType;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Values in binary form, and the text that people are shown of them.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_binary_resultset.html#sect_protocol_binary_resultset_row_value">
 *     Binary Protocol Value</a>
 */
public final class BinaryValue {

    private static final int DATE_BYTES = 4;
    private static final int CLOCK_BYTES = 7;
    private static final int TIME_BYTES = 8;
    private static final int MICROS_BYTES = 4;
    private static final int HOURS_OF_DAY = 24;

    private BinaryValue() {}

    /** Takes a value's bytes, without what says how long it is. */
    public static byte[] read(Body body, int type) {
        int size = ColumnType.size(type);
        return switch (size) {
            case ColumnType.LENGTH_ENCODED -> body.bytes(body.length());
            case ColumnType.BEHIND_ONE_BYTE -> {
                byte[] value = body.bytes(body.int1());
                checkTemporal(type, value.length);
                yield value;
            }
            default -> body.bytes(size);
        };
    }

    private static void checkTemporal(int type, int length) {
        boolean time = type == ColumnType.TIME;
        boolean known = length == 0
                || (time ? length == TIME_BYTES : length == DATE_BYTES || length == CLOCK_BYTES)
                || length == (time ? TIME_BYTES : CLOCK_BYTES) + MICROS_BYTES;
        if (!known) {
            throw new ProtocolViolation("a date or time of " + length + " bytes");
        }
    }

    /** What a value is shown as. */
    public static String text(int type, boolean unsigned, byte[] value) {
        Body body = new Body(Unpooled.wrappedBuffer(value), 0, value.length);
        return switch (type) {
            case ColumnType.TINY -> Integer.toString(unsigned ? body.int1() : (byte) body.int1());
            case ColumnType.SHORT -> Integer.toString(unsigned ? body.int2() : (short) body.int2());
            case ColumnType.LONG -> Long.toString(unsigned ? body.int4() : (int) body.int4());
            case ColumnType.LONGLONG -> unsigned ? Long.toUnsignedString(body.int8()) : Long.toString(body.int8());
            case ColumnType.FLOAT -> Float.toString(Float.intBitsToFloat((int) body.int4()));
            case ColumnType.DOUBLE -> Double.toString(Double.longBitsToDouble(body.int8()));
            case ColumnType.DATE -> body.left() == 0 ? "0000-00-00" : date(body);
            case ColumnType.DATETIME, ColumnType.TIMESTAMP -> dateTime(body);
            case ColumnType.TIME -> time(body);
            default -> string(value);
        };
    }

    private static String date(Body body) {
        return String.format(Locale.ROOT, "%04d-%02d-%02d", body.int2(), body.int1(), body.int1());
    }

    private static String dateTime(Body body) {
        String date = body.left() == 0 ? "0000-00-00" : date(body);
        return date + (body.left() == 0 ? " 00:00:00" : " " + clock(body, 0));
    }

    private static String time(Body body) {
        if (body.left() == 0) {
            return "00:00:00";
        }
        String sign = body.int1() == 0 ? "" : "-";
        long days = body.int4();
        return sign + clock(body, days * HOURS_OF_DAY);
    }

    private static String clock(Body body, long hoursBefore) {
        String clock =
                String.format(Locale.ROOT, "%02d:%02d:%02d", hoursBefore + body.int1(), body.int1(), body.int1());
        return body.left() == 0 ? clock : clock + String.format(Locale.ROOT, ".%06d", body.int4());
    }

    private static String string(byte[] value) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException e) {
            return "\\x" + HexFormat.of().formatHex(value);
        }
    }
}
