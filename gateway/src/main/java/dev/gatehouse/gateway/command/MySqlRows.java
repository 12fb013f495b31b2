package dev.gatehouse.gateway.command;

import dev.gatehouse.firewall.audit.Direction;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.wire.mysql.message.Body;
import dev.gatehouse.wire.mysql.message.Commands;
import dev.gatehouse.wire.mysql.message.Eof;
import dev.gatehouse.wire.mysql.message.Err;
import dev.gatehouse.wire.mysql.message.Ok;
import dev.gatehouse.wire.mysql.message.Packet;
import dev.gatehouse.wire.mysql.message.ProtocolViolation;
import dev.gatehouse.wire.mysql.message.Status;
import dev.gatehouse.wire.mysql.prepared.BinaryValue;
import dev.gatehouse.wire.mysql.result.ColumnDefinition;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows a MySQL client was sent. Which packets are rows follows from the command they answer, so both directions are read:
 * each command begins anew, whatever was not understood before it.
 *
 * <pre>
 *   command ──► ANSWER ──number of columns──► COLUMNS ──the last one──► COLUMNS_END ──EOF, or at once──► ROWS ──EOF, OK──► NOTHING
 *                 ▲                                                                                              │
 *                 └─────────────────────────────────── another result follows ───────────────────────────────────┘
 * </pre>
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_query_response.html">COM_QUERY Response</a>
 */
final class MySqlRows implements Rows {

    private static final int MOST_PACKET_BYTES = 1 << 20;
    private static final int LOCAL_INFILE = 0xfb;
    private static final int BITMAP_OFFSET = 2;
    /** Catalog, schema, table, original table, name, original name. */
    private static final int COLUMN_NAMES = 6;
    /** The fields of fixed length, and the byte before them that says how long they are. */
    private static final int COLUMN_FIXED_BYTES = 13;

    private enum Awaited {
        NOTHING,
        ANSWER,
        COLUMNS,
        COLUMNS_END,
        ROWS
    }

    private final ShownRows shown;
    private final Packets fromClient = new Packets();
    private final Packets toClient = new Packets();
    private final List<ColumnDefinition> columns = new ArrayList<>();
    private Awaited awaited = Awaited.NOTHING;
    private boolean binary;
    private boolean fetches;
    private long columnsLeft;

    /** @param most how many rows of one answer are kept */
    MySqlRows(int most) {
        this.shown = new ShownRows(most);
    }

    /** {@inheritDoc} It begins with its command, which has been read. */
    @Override
    public void asked() {}

    @Override
    public boolean comeUnasked() {
        return fetches;
    }

    @Override
    public int results() {
        return shown.results();
    }

    @Override
    public List<String> take() {
        return shown.take();
    }

    @Override
    public void feed(Event.Frames frames) {
        boolean answers = frames.direction() == Direction.TO_CLIENT;
        Packets packets = answers ? toClient : fromClient;
        packets.add(frames.bytes());
        while (packets.next()) {
            try {
                if (answers) {
                    answer(packets.body());
                } else if (packets.number() == 0) {
                    command(packets.body());
                }
            } catch (ProtocolViolation e) {
                awaited = Awaited.NOTHING;
            }
        }
    }

    private void command(@Nullable Body body) {
        shown.clear();
        int command = body == null ? Commands.QUERY : body.peek();
        binary = command != Commands.QUERY;
        fetches = command == Commands.STMT_FETCH;
        awaited = switch (command) {
            case Commands.QUERY, Commands.STMT_EXECUTE, Commands.INIT_DB -> Awaited.ANSWER;
            case Commands.STMT_FETCH -> Awaited.ROWS;
            default -> Awaited.NOTHING;
        };
        if (awaited == Awaited.ROWS) {
            shown.resume();
        }
    }

    /** @param body empty for a packet of more bytes than are kept */
    private void answer(@Nullable Body body) {
        if (awaited == Awaited.NOTHING || (body != null && isProgress(body))) {
            return;
        }
        if (body == null) {
            long row = awaited == Awaited.COLUMNS_END || awaited == Awaited.ROWS ? 1 : 0;
            awaited = row == 1 ? Awaited.ROWS : Awaited.NOTHING;
            if (row == 1) {
                shown.rowUnseen();
            }
            return;
        }
        switch (awaited) {
            case NOTHING -> {}
            case ANSWER -> begin(body);
            case COLUMNS -> column(body);
            case COLUMNS_END, ROWS -> row(body);
        }
    }

    private static boolean isProgress(Body body) {
        Body ahead = body.ahead();
        return ahead.left() > 2 && ahead.int1() == Err.TAG && ahead.int2() == Err.PROGRESS;
    }

    private void begin(Body body) {
        switch (body.peek()) {
            case Ok.TAG -> end(body);
            case LOCAL_INFILE -> {}
            case Err.TAG, -1 -> fail();
            default -> {
                columns.clear();
                columnsLeft = body.lengthEncoded();
                awaited = Awaited.COLUMNS;
            }
        }
    }

    private void column(Body body) {
        columns.add(ColumnDefinition.read(toClient.bytes(), body.index(), body.left(), isExtended(body.ahead())));
        if (--columnsLeft == 0) {
            shown.head(columns.stream().map(ColumnDefinition::name).toList());
            awaited = Awaited.COLUMNS_END;
        }
    }

    /** Whether a column's definition has what MariaDB's clients may agree on, between its names and its fixed fields. */
    private static boolean isExtended(Body definition) {
        for (int i = 0; i < COLUMN_NAMES; i++) {
            definition.skip(definition.length());
        }
        return definition.left() != COLUMN_FIXED_BYTES;
    }

    private void row(Body body) {
        boolean columnsEnded =
                awaited == Awaited.COLUMNS_END && body.peek() == Eof.TAG && body.left() == Eof.PAYLOAD_BYTES;
        if (columnsEnded) {
            boolean inCursor = Eof.read(body.ahead()).has(Status.CURSOR_EXISTS);
            awaited = Awaited.ROWS;
            if (inCursor) {
                end(body);
            }
        } else if (body.peek() == Eof.TAG) {
            end(body);
        } else if (body.peek() == Err.TAG) {
            fail();
        } else {
            awaited = Awaited.ROWS;
            shown.row(() -> binary ? binaryCells(body) : textCells(body));
        }
    }

    /** An error ends a result too, whatever there was of it. */
    private void fail() {
        shown.end();
        awaited = Awaited.NOTHING;
    }

    /** A result has ended, with an OK packet or an EOF packet, which is shorter. */
    private void end(Body body) {
        shown.end();
        int status;
        if (body.left() == Eof.PAYLOAD_BYTES && body.peek() == Eof.TAG) {
            status = Eof.read(body).status();
        } else {
            body.skip(1);
            body.lengthEncoded();
            body.lengthEncoded();
            status = body.int2();
        }
        awaited = (status & Status.MORE_RESULTS_EXIST) != 0 ? Awaited.ANSWER : Awaited.NOTHING;
    }

    private List<String> textCells(Body body) {
        List<String> cells = new ArrayList<>();
        while (body.left() > 0) {
            if (body.peek() == Body.NULL) {
                body.skip(1);
                cells.add("NULL");
            } else {
                cells.add(ShownRows.cell(body.lengthEncodedString()));
            }
        }
        return cells;
    }

    private List<String> binaryCells(Body body) {
        body.skip(1);
        byte[] nulls = body.bytes((columns.size() + BITMAP_OFFSET + Byte.SIZE - 1) / Byte.SIZE);
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int bit = i + BITMAP_OFFSET;
            ColumnDefinition column = columns.get(i);
            boolean isNull = (nulls[bit / Byte.SIZE] >> bit % Byte.SIZE & 1) != 0;
            cells.add(
                    isNull
                            ? "NULL"
                            : ShownRows.cell(BinaryValue.text(
                                    column.type(), column.isUnsigned(), BinaryValue.read(body, column.type()))));
        }
        return cells;
    }

    /** The packets of one direction; of those that are too long only that they were there. */
    private static final class Packets {

        private static final int WHOLE = 0xffffff;

        private ByteBuf bytes = Unpooled.EMPTY_BUFFER;
        private long skip;
        private boolean continues;
        private int number;
        private @Nullable Body body;

        void add(byte[] more) {
            bytes = Unpooled.wrappedBuffer(Unpooled.copiedBuffer(bytes), Unpooled.wrappedBuffer(more));
        }

        /** Goes on to the next packet; false when there is no whole one yet. */
        boolean next() {
            int skipped = (int) Math.min(skip, bytes.readableBytes());
            bytes.skipBytes(skipped);
            skip -= skipped;
            if (skip > 0 || bytes.readableBytes() < Packet.HEADER) {
                return false;
            }
            int length = bytes.getUnsignedMediumLE(bytes.readerIndex());
            boolean continued = continues;
            if (length <= MOST_PACKET_BYTES && bytes.readableBytes() < Packet.HEADER + length) {
                return false;
            }
            number = Packet.number(bytes, bytes.readerIndex());
            bytes.skipBytes(Packet.HEADER);
            continues = length == WHOLE;
            if (length > MOST_PACKET_BYTES || continued) {
                body = null;
                skip = length;
                return continued ? next() : true;
            }
            body = new Body(bytes, bytes.readerIndex(), bytes.readerIndex() + length);
            bytes.skipBytes(length);
            return true;
        }

        int number() {
            return number;
        }

        /** The payload; null for one that is too long. */
        @Nullable
        Body body() {
            return body;
        }

        ByteBuf bytes() {
            return bytes;
        }
    }
}
