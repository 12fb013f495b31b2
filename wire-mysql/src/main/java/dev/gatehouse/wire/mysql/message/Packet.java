package dev.gatehouse.wire.mysql.message;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Writes packets: the payload's length in three bytes, the packet's number, the payload.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_packets.html">MySQL Packets</a>
 */
public final class Packet {

    /** The length and the number. */
    public static final int HEADER = 4;

    /** The longest payload of one packet; one that long has its rest in the next packet, even if that is empty. */
    public static final int MAX_PAYLOAD = 0xffffff;

    private static final int LENGTH_BYTES = 3;

    private Packet() {}

    /** Begins a packet; answers where it begins, for {@link #end}. */
    public static int begin(ByteBuf out, int number) {
        int start = out.writerIndex();
        out.writeMediumLE(0).writeByte(number);
        return start;
    }

    /**
     * Ends a packet by writing its length.
     *
     * @throws IllegalArgumentException if its payload does not fit into one packet
     */
    public static void end(ByteBuf out, int start) {
        int length = out.writerIndex() - start - HEADER;
        if (length >= MAX_PAYLOAD) {
            throw new IllegalArgumentException("a payload of " + length + " bytes in one packet");
        }
        out.setMediumLE(start, length);
    }

    /** Gives a packet that stands at an index another number. */
    public static void number(ByteBuf bytes, int index, int number) {
        bytes.setByte(index + LENGTH_BYTES, number);
    }

    /** The number of the packet whose header stands at an index. */
    public static int number(ByteBuf bytes, int index) {
        return bytes.getUnsignedByte(index + LENGTH_BYTES);
    }

    /** Writes a length-encoded number. */
    public static void lengthEncoded(ByteBuf out, long number) {
        if (number < 0 || number > 0xffffff) {
            out.writeByte(0xfe).writeLongLE(number);
        } else if (number > 0xffff) {
            out.writeByte(0xfd).writeMediumLE((int) number);
        } else if (number >= Body.NULL) {
            out.writeByte(0xfc).writeShortLE((int) number);
        } else {
            out.writeByte((int) number);
        }
    }

    /** Writes a length-encoded string in UTF-8. */
    public static void string(ByteBuf out, String text) {
        bytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes bytes behind their length-encoded length. */
    public static void bytes(ByteBuf out, byte[] bytes) {
        lengthEncoded(out, bytes.length);
        out.writeBytes(bytes);
    }

    /** Writes a null-terminated string in UTF-8; a zero inside it ends it early, so that it cannot forge a field. */
    public static void terminated(ByteBuf out, String text) {
        int zero = text.indexOf('\0');
        out.writeCharSequence(zero < 0 ? text : text.substring(0, zero), StandardCharsets.UTF_8);
        out.writeByte(0);
    }
}
