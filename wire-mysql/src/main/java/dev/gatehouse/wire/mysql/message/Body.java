package dev.gatehouse.wire.mysql.message;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the fields of one packet's payload in order, never past its end. Numbers have their low byte first.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_data_types.html">Protocol Data Types</a>
 */
public final class Body {

    /** What a length-encoded number begins with that is none: SQL's NULL. */
    public static final int NULL = 0xfb;

    private static final int TWO_BYTES = 0xfc;
    private static final int THREE_BYTES = 0xfd;
    private static final int EIGHT_BYTES = 0xfe;

    private final ByteBuf bytes;
    private final int end;
    private int at;

    /**
     * @param bytes lent
     * @param from the payload's first byte
     * @param end the first byte behind it
     */
    public Body(ByteBuf bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** The next byte, which stays to be read; -1 at the end. */
    public int peek() {
        return at < end ? bytes.getUnsignedByte(at) : -1;
    }

    /** One byte, unsigned. */
    public int int1() {
        need(1);
        return bytes.getUnsignedByte(at++);
    }

    /** Two bytes, unsigned. */
    public int int2() {
        need(2);
        at += 2;
        return bytes.getUnsignedShortLE(at - 2);
    }

    /** Three bytes, unsigned. */
    public int int3() {
        need(3);
        at += 3;
        return bytes.getUnsignedMediumLE(at - 3);
    }

    /** Four bytes, unsigned. */
    public long int4() {
        need(4);
        at += 4;
        return bytes.getUnsignedIntLE(at - 4);
    }

    /** Eight bytes; negative where the unsigned number does not fit. */
    public long int8() {
        need(8);
        at += 8;
        return bytes.getLongLE(at - 8);
    }

    /**
     * A length-encoded number; negative where the unsigned one does not fit.
     *
     * @throws ProtocolViolation if it stands for NULL, or for nothing
     */
    public long lengthEncoded() {
        int first = int1();
        if (first < NULL) {
            return first;
        }
        return switch (first) {
            case TWO_BYTES -> int2();
            case THREE_BYTES -> int3();
            case EIGHT_BYTES -> int8();
            default -> throw new ProtocolViolation("a length that begins with 0x" + Integer.toHexString(first));
        };
    }

    /** A length-encoded number that says how many bytes of this payload something takes. */
    public int length() {
        long length = lengthEncoded();
        need(length);
        return (int) length;
    }

    /** A null-terminated string in UTF-8. */
    public String string() {
        return new String(terminated(), StandardCharsets.UTF_8);
    }

    /**
     * The null-terminated name of a user or a database.
     *
     * @throws ProtocolViolation if it is not in UTF-8; what a name beyond ASCII means in other character sets is not known here
     */
    public String name() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(terminated()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProtocolViolation("a name that is neither ASCII nor UTF-8");
        }
    }

    /** Whether the last byte of what is left is a zero. */
    boolean endsWithZero() {
        return at < end && bytes.getByte(end - 1) == 0;
    }

    /** The bytes of a null-terminated string, copied, without the zero. */
    public byte[] terminated() {
        int zero = at < end ? bytes.indexOf(at, end, (byte) 0) : -1;
        if (zero < 0) {
            throw new ProtocolViolation("a string without its end");
        }
        byte[] text = bytes(zero - at);
        at++;
        return text;
    }

    /** A length-encoded string in UTF-8. */
    public String lengthEncodedString() {
        return new String(bytes(length()), StandardCharsets.UTF_8);
    }

    /** Everything that is left, in UTF-8. */
    public String rest() {
        return new String(bytes(left()), StandardCharsets.UTF_8);
    }

    /** The given number of bytes, copied. */
    public byte[] bytes(int length) {
        need(length);
        byte[] copy = new byte[length];
        bytes.getBytes(at, copy);
        at += length;
        return copy;
    }

    /** Leaves out the given number of bytes. */
    public void skip(long length) {
        need(length);
        at += (int) length;
    }

    /** A second reader of what is left, which does not move this one. */
    public Body ahead() {
        return new Body(bytes, at, end);
    }

    /** The buffer, lent. */
    ByteBuf bytes() {
        return bytes;
    }

    /** Where the next byte stands in the buffer. */
    public int index() {
        return at;
    }

    /** How much is left. */
    public int left() {
        return end - at;
    }

    /** Says that the payload must be read to its end. */
    public void finish() {
        if (at != end) {
            throw new ProtocolViolation((end - at) + " bytes too many in a packet");
        }
    }

    private void need(long length) {
        if (length < 0 || length > end - at) {
            throw new ProtocolViolation("a packet shorter than its fields");
        }
    }
}
