package dev.gatehouse.wire.mysql.message;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * OK_Packet: a command has succeeded; also the end of rows, where the client wants no EOF packets.
 *
 * @param affected how many rows were changed
 * @param lastInsertId the last value drawn for an AUTO_INCREMENT column
 * @param status what the server tells of the session, see {@link Status}
 * @param warnings how many there are
 * @param info what the command says of itself, as the server's bytes
 * @param changes what changed in the session's state, where the client tracks it
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_ok_packet.html">OK_Packet</a>
 */
public record Ok(long affected, long lastInsertId, int status, int warnings, byte[] info, List<SessionChange> changes) {

    /** What its payload begins with. */
    public static final int TAG = 0;

    private static final byte[] NO_INFO = new byte[0];

    public Ok {
        changes = List.copyOf(changes);
    }

    /** That something succeeded that changed no rows. */
    public static Ok plain(int status) {
        return new Ok(0, 0, status, 0, NO_INFO, List.of());
    }

    /**
     * Reads a payload, whether it begins with {@link #TAG} or, at the end of rows, with {@link Eof#TAG}.
     *
     * @param body from the payload's first byte on
     * @param tracked whether CLIENT_SESSION_TRACK was agreed on
     */
    public static Ok read(Body body, boolean tracked) {
        body.skip(1);
        long affected = body.lengthEncoded();
        long id = body.lengthEncoded();
        int status = body.int2();
        int warnings = body.int2();
        // The documents have it end with the packet; the servers write its length in front of it, and drivers rely on
        // that.
        byte[] info = body.left() > 0 ? body.bytes(body.length()) : NO_INFO;
        if (!tracked) {
            return new Ok(affected, id, status, warnings, info, List.of());
        }
        List<SessionChange> changes = new ArrayList<>();
        if ((status & Status.SESSION_STATE_CHANGED) != 0) {
            changes.addAll(SessionChange.readAll(body));
        } else {
            body.finish();
        }
        return new Ok(affected, id, status, warnings, info, changes);
    }

    /**
     * Writes a packet.
     *
     * @param tag {@link #TAG}, or {@link Eof#TAG} at the end of rows
     * @param tracked whether CLIENT_SESSION_TRACK was agreed on
     */
    public void write(ByteBuf out, int number, int tag, boolean tracked) {
        int start = Packet.begin(out, number);
        out.writeByte(tag);
        Packet.lengthEncoded(out, affected);
        Packet.lengthEncoded(out, lastInsertId);
        int told = tracked && !changes.isEmpty()
                ? status | Status.SESSION_STATE_CHANGED
                : status & ~Status.SESSION_STATE_CHANGED;
        out.writeShortLE(told).writeShortLE(warnings);
        if (info.length > 0 || (tracked && !changes.isEmpty())) {
            Packet.bytes(out, info);
        }
        if (tracked && (told & Status.SESSION_STATE_CHANGED) != 0) {
            SessionChange.write(out, changes);
        }
        Packet.end(out, start);
    }

    public boolean has(int flag) {
        return (status & flag) != 0;
    }
}
