package dev.gatehouse.wire.postgres.message;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads the fields of one message's body in order, never past its end. */
public final class Body {

    /** How much of a name counts: NAMEDATALEN less its end. */
    private static final int MAX_NAME_BYTES = 63;

    private final ByteBuf bytes;
    private final int end;
    private int at;

    /**
     * @param bytes lent
     * @param from the first byte of the body
     * @param end the first byte behind it
     */
    public Body(ByteBuf bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** A null-terminated string in UTF-8. */
    public String string() {
        int zero = at < end ? bytes.indexOf(at, end, (byte) 0) : -1;
        if (zero < 0) {
            throw new ProtocolViolation("a string without its end");
        }
        String text = zero == at ? "" : bytes.toString(at, zero - at, StandardCharsets.UTF_8);
        at = zero + 1;
        return text;
    }

    /**
     * The name of a statement or portal, as the server tells names apart: by their first 63 bytes.
     *
     * @throws ProtocolViolation if it is not in UTF-8, or longer and beyond ASCII, where the server's encoding would matter
     */
    public String name() {
        byte[] bytes = text();
        boolean ascii = true;
        for (byte b : bytes) {
            ascii &= b >= 0;
        }
        if (ascii) {
            return new String(bytes, 0, Math.min(bytes.length, MAX_NAME_BYTES), StandardCharsets.US_ASCII);
        }
        if (bytes.length > MAX_NAME_BYTES) {
            throw new ProtocolViolation("a name beyond ASCII of more than " + MAX_NAME_BYTES + " bytes");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProtocolViolation("a name that is neither ASCII nor UTF-8");
        }
    }

    /** The bytes of a null-terminated string, copied, without the zero. */
    public byte[] text() {
        int zero = at < end ? bytes.indexOf(at, end, (byte) 0) : -1;
        if (zero < 0) {
            throw new ProtocolViolation("a string without its end");
        }
        byte[] text = bytes(zero - at);
        at++;
        return text;
    }

    public byte int8() {
        need(1);
        return bytes.getByte(at++);
    }

    public short int16() {
        need(2);
        at += 2;
        return bytes.getShort(at - 2);
    }

    /** A count of things that follow, each at least {@code bytesEach} long. */
    public int count(int bytesEach) {
        int count = int16() & 0xffff;
        need((long) count * bytesEach);
        return count;
    }

    public int int32() {
        need(4);
        at += 4;
        return bytes.getInt(at - 4);
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

    /** How much is left. */
    public int left() {
        return end - at;
    }

    /** Says that the body must be read to its end. */
    public void finish() {
        if (at != end) {
            throw new ProtocolViolation((end - at) + " bytes too many in a message");
        }
    }

    private void need(long length) {
        if (length < 0 || length > end - at) {
            throw new ProtocolViolation("a message shorter than its fields");
        }
    }
}
