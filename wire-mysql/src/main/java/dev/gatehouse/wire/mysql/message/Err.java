package dev.gatehouse.wire.mysql.message;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * ERR_Packet: a command has failed.
 *
 * @param code the error's number
 * @param state five characters; empty for none, as before login
 * @param message for a person
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_err_packet.html">ERR_Packet</a>
 */
public record Err(int code, String state, String message) {

    /** What its payload begins with. */
    public static final int TAG = 0xff;

    /** What clients of libmysqlclient and MariaDB show of a message (MYSQL_ERRMSG_SIZE less its end). */
    public static final int MAX_MESSAGE_BYTES = 511;

    private static final int STATE_CHARACTERS = 5;

    /** The error number of MariaDB's reports of progress, which are no errors. */
    public static final int PROGRESS = 0xffff;

    /**
     * Reads a payload.
     *
     * @param body from the payload's first byte on
     */
    public static Err read(Body body) {
        body.skip(1);
        int code = body.int2();
        String state = "";
        if (body.peek() == '#') {
            body.skip(1);
            state = new String(body.bytes(STATE_CHARACTERS), StandardCharsets.US_ASCII);
        }
        return new Err(code, state, body.rest());
    }

    /** Writes a packet; what is too long of the message is cut between two characters. */
    public void write(ByteBuf out, int number) {
        int start = Packet.begin(out, number);
        out.writeByte(TAG).writeShortLE(code);
        if (!state.isEmpty()) {
            out.writeByte('#').writeCharSequence(state, StandardCharsets.US_ASCII);
        }
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        out.writeBytes(text, 0, whole(text, MAX_MESSAGE_BYTES));
        Packet.end(out, start);
    }

    private static int whole(byte[] text, int most) {
        int length = Math.min(text.length, most);
        while (length > 0 && length < text.length && (text[length] & 0xc0) == 0x80) {
            length--;
        }
        return length;
    }
}
