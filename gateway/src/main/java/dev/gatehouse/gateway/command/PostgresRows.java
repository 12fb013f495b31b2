package dev.gatehouse.gateway.command;

import dev.gatehouse.firewall.audit.Direction;
import dev.gatehouse.firewall.audit.Event;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows a PostgreSQL client was sent. Where the bytes are not understood, nothing more of that session is shown.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">Message Formats</a>
 */
final class PostgresRows implements Rows {

    private static final byte ROW_DESCRIPTION = 'T';
    private static final byte DATA_ROW = 'D';
    private static final String TAGS = "123ACDEGHINRSTVWZKcdnst";
    private static final int HEADER_BYTES = 5;
    private static final int FIELD_TAIL_BYTES = 16;
    private static final int MOST_FRAME_BYTES = 1 << 20;

    private final ShownRows shown;
    private ByteBuffer pending = ByteBuffer.allocate(0);
    private long skip;
    private boolean isLost;
    private List<Boolean> binary = List.of();

    /** @param most how many rows of one answer are kept */
    PostgresRows(int most) {
        this.shown = new ShownRows(most);
    }

    @Override
    public void asked() {
        shown.clear();
    }

    @Override
    public boolean comeUnasked() {
        return false;
    }

    /** {@inheritDoc} One: when the journal tells that a statement was answered, all of its rows are behind us. */
    @Override
    public int results() {
        return 1;
    }

    @Override
    public List<String> take() {
        shown.end();
        return shown.take();
    }

    /** {@inheritDoc} Only those to the client are looked at. */
    @Override
    public void feed(Event.Frames frames) {
        if (isLost || frames.direction() != Direction.TO_CLIENT) {
            return;
        }
        ByteBuffer joined = ByteBuffer.allocate(pending.remaining() + frames.bytes().length);
        pending = joined.put(pending).put(frames.bytes()).flip();
        boolean isWhole = next();
        while (isWhole) {
            isWhole = next();
        }
    }

    /** Reads one frame; false when there is no whole one yet. */
    private boolean next() {
        if (skip > 0) {
            int skipped = (int) Math.min(skip, pending.remaining());
            pending.position(pending.position() + skipped);
            skip -= skipped;
        }
        if (skip > 0 || pending.remaining() < HEADER_BYTES) {
            return false;
        }
        byte tag = pending.get(pending.position());
        long length = pending.getInt(pending.position() + 1) & 0xffffffffL;
        if (TAGS.indexOf(tag) < 0 || length < HEADER_BYTES - 1) {
            isLost = true;
            return false;
        }
        boolean isRow = tag == DATA_ROW;
        if ((!isRow && tag != ROW_DESCRIPTION) || length > MOST_FRAME_BYTES) {
            if (isRow) {
                shown.rowUnseen();
            }
            skip = length + 1;
            return true;
        }
        if (pending.remaining() < length + 1) {
            return false;
        }
        ByteBuffer body = pending.slice(pending.position() + HEADER_BYTES, (int) length + 1 - HEADER_BYTES);
        pending.position(pending.position() + (int) length + 1);
        read(tag, body);
        return !isLost;
    }

    private void read(byte tag, ByteBuffer body) {
        try {
            if (tag == ROW_DESCRIPTION) {
                describe(body);
            } else {
                shown.row(() -> row(body));
            }
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            isLost = true;
        }
    }

    private void describe(ByteBuffer body) {
        List<String> names = new ArrayList<>();
        List<Boolean> formats = new ArrayList<>();
        int columns = body.getShort();
        for (int i = 0; i < columns; i++) {
            names.add(zeroTerminated(body));
            body.position(body.position() + FIELD_TAIL_BYTES);
            formats.add(body.getShort() != 0);
        }
        binary = formats;
        shown.head(names);
    }

    private List<String> row(ByteBuffer body) {
        List<String> cells = new ArrayList<>();
        int columns = body.getShort();
        for (int i = 0; i < columns; i++) {
            int length = body.getInt();
            if (length < 0) {
                cells.add("NULL");
                continue;
            }
            byte[] value = new byte[Math.min(length, body.remaining())];
            body.get(value);
            boolean isBinary = i < binary.size() && binary.get(i);
            cells.add(isBinary ? "(" + length + " bytes)" : ShownRows.cell(new String(value, StandardCharsets.UTF_8)));
        }
        return cells;
    }

    private static String zeroTerminated(ByteBuffer body) {
        int start = body.position();
        byte last;
        do {
            last = body.get();
        } while (last != 0);
        byte[] text = new byte[body.position() - start - 1];
        body.get(start, text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
