package dev.gatehouse.wire.mysql;

import dev.gatehouse.wire.mysql.message.Commands;
import dev.gatehouse.wire.mysql.message.Packet;
import dev.gatehouse.wire.mysql.message.ProtocolViolation;
import io.netty.buffer.ByteBuf;

/**
 * What the journal gets of a client's commands: every byte, but those of a COM_CHANGE_USER, which may hold a password, as zeros.
 * Bytes are recorded as they arrive, before anybody reads them; so this follows the packets by itself.
 */
final class Journaled {

    private final MySqlSession connection;
    private int header;
    private int headerBytes;
    /** How much of the packet at hand is still to come. */
    private int remain;
    /** Whether the next packet goes on with the payload at hand. */
    private boolean continues;
    /** Whether the next byte is a command's first. */
    private boolean first;

    private boolean blanks;
    /** How many payloads were blanked that nobody has read yet. */
    private int unread;

    Journaled(MySqlSession connection) {
        this.connection = connection;
    }

    /**
     * Records what has arrived.
     *
     * @param bytes lent
     * @param file whether it begins with a part of a file, which is no command; an empty packet is the file's end
     */
    void record(ByteBuf bytes, boolean file) {
        ByteBuf blank = null;
        boolean commands = !file;
        int at = bytes.readerIndex();
        while (at < bytes.writerIndex()) {
            if (remain == 0) {
                commands |= header(bytes.getUnsignedByte(at++), commands);
            } else if (first) {
                first = false;
                blanks = bytes.getUnsignedByte(at++) == Commands.CHANGE_USER;
                unread += blanks ? 1 : 0;
                remain--;
            } else {
                int present = Math.min(remain, bytes.writerIndex() - at);
                if (blanks) {
                    blank = blank == null ? bytes.copy() : blank;
                    blank.setZero(blank.readerIndex() + at - bytes.readerIndex(), present);
                }
                at += present;
                remain -= present;
            }
        }
        if (blank == null) {
            connection.record(bytes);
            return;
        }
        try {
            connection.record(blank);
        } finally {
            blank.release();
        }
    }

    /** Takes in a byte of a packet's header; answers whether that is an empty packet's, which ends a file. */
    private boolean header(int next, boolean command) {
        header |= next << (headerBytes * Byte.SIZE);
        headerBytes++;
        if (headerBytes < Packet.HEADER) {
            return false;
        }
        remain = header & Packet.MAX_PAYLOAD;
        boolean ends = remain == 0 && !continues;
        if (!continues) {
            first = command && remain > 0;
            blanks = false;
        }
        continues = remain == Packet.MAX_PAYLOAD;
        header = 0;
        headerBytes = 0;
        return ends;
    }

    /** A COM_CHANGE_USER is read. */
    void loginRead() {
        unread--;
    }

    /** A file comes, of which nothing may be hidden: what was taken for a login is its content. */
    void fileComes() {
        if (unread > 0) {
            throw new ProtocolViolation("a file that is sent before it is asked for");
        }
    }
}
