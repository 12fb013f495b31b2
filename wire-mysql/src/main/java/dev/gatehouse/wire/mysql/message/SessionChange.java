package dev.gatehouse.wire.mysql.message;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * Something of a session's state that a command has changed, as an OK packet tells it.
 *
 * @param type what: one of the constants
 * @param name a variable's name, the new database, the transaction's state, {@code 1} or {@code 0}; as the server sent it
 * @param value a variable's new value; empty for everything else
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_ok_packet.html">Session State
 *     Information</a>
 */
public record SessionChange(int type, String name, String value) {

    public static final int SYSTEM_VARIABLE = 0;
    public static final int SCHEMA = 1;
    public static final int STATE_CHANGE = 2;
    public static final int GTIDS = 3;
    public static final int TRANSACTION_CHARACTERISTICS = 4;
    public static final int TRANSACTION_STATE = 5;

    /** Something that cannot be read. */
    public static final int UNREADABLE = -1;

    private static final int GTIDS_FORMAT = 0;

    /**
     * Reads all entries, behind their length, to the packet's end. MariaDB writes that length in the character set of the current
     * database: in one of two or four bytes for each character nobody can read it, and a client gets nothing to know.
     */
    static List<SessionChange> readAll(Body body) {
        List<SessionChange> changes = new ArrayList<>();
        try {
            int length = body.length();
            Body state = new Body(body.bytes(), body.index(), body.index() + length);
            body.skip(length);
            while (state.left() > 0) {
                changes.addAll(read(state));
            }
            body.finish();
        } catch (ProtocolViolation e) {
            return List.of(new SessionChange(UNREADABLE, "", ""));
        }
        return changes;
    }

    /** Reads one entry, which in MariaDB may tell of several variables. */
    private static List<SessionChange> read(Body state) {
        int type = state.int1();
        int length = state.length();
        Body data = new Body(state.bytes(), state.index(), state.index() + length);
        state.skip(length);
        List<SessionChange> changes = new ArrayList<>(1);
        if (type == SYSTEM_VARIABLE) {
            while (data.left() > 0) {
                changes.add(new SessionChange(type, data.lengthEncodedString(), data.lengthEncodedString()));
            }
        } else if (type == GTIDS) {
            data.skip(1);
            changes.add(new SessionChange(type, data.lengthEncodedString(), ""));
        } else if (type == STATE_CHANGE && length == 1) {
            // MariaDB writes it without a length of its own.
            changes.add(new SessionChange(type, Character.toString(data.int1()), ""));
        } else {
            changes.add(new SessionChange(type, data.lengthEncodedString(), ""));
        }
        return changes;
    }

    /** Writes all entries behind their length; nothing where there are none. */
    static void write(ByteBuf out, List<SessionChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        ByteBuf all = out.alloc().buffer();
        ByteBuf data = out.alloc().buffer();
        try {
            for (SessionChange change : changes) {
                if (change.type == UNREADABLE) {
                    continue;
                }
                change.writeData(data.clear());
                all.writeByte(change.type);
                Packet.lengthEncoded(all, data.readableBytes());
                all.writeBytes(data);
            }
            Packet.lengthEncoded(out, all.readableBytes());
            out.writeBytes(all);
        } finally {
            all.release();
            data.release();
        }
    }

    private void writeData(ByteBuf data) {
        if (type == GTIDS) {
            data.writeByte(GTIDS_FORMAT);
        }
        Packet.string(data, name);
        if (type == SYSTEM_VARIABLE) {
            Packet.string(data, value);
        }
    }
}
