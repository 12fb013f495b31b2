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

    private static final int LENGTH_BITS = 24;

    private final MySqlSession connection;
    private int header;
    private int headerBytes;
    /** How much of the payload at hand is still to come. */
    private int remain;

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
     * @param file whether it is part of a file, which is no command
     */
    void record(ByteBuf bytes, boolean file) {
        ByteBuf blank = null;
        int at = bytes.readerIndex();
        while (at < bytes.writerIndex()) {
            if (remain == 0) {
                header(bytes.getUnsignedByte(at++), file);
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

    private void header(int next, boolean file) {
        header |= next << (headerBytes * Byte.SIZE);
        headerBytes++;
        if (headerBytes == Packet.HEADER) {
            remain = header & Packet.MAX_PAYLOAD;
            first = header >>> LENGTH_BITS == 0 && !file;
            blanks = false;
            header = 0;
            headerBytes = 0;
        }
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
