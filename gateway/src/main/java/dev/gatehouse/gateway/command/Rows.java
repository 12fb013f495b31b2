package dev.gatehouse.gateway.command;

import dev.gatehouse.firewall.audit.Direction;
import dev.gatehouse.firewall.audit.Event;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows a PostgreSQL client was sent out of the bytes the journal keeps, so that a replay shows what the client
 * saw. It is a reader of records, not a guard: where it does not understand the bytes, it shows nothing more of that session.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">Message Formats</a>
 */
final class Rows {

    private static final byte ROW_DESCRIPTION = 'T';
    private static final byte DATA_ROW = 'D';
    private static final String TAGS = "123ACDEGHINRSTVWZKcdnst";
    private static final int HEADER_BYTES = 5;
    private static final int FIELD_TAIL_BYTES = 16;
    private static final int MOST_FRAME_BYTES = 1 << 20;
    private static final int MOST_CELL = 60;

    private final int most;
    private ByteBuffer pending = ByteBuffer.allocate(0);
    private long skip;
    private boolean isLost;
    private List<Boolean> binary = List.of();
    private @Nullable String heading;
    private final List<String> shown = new ArrayList<>();
    private int count;

    /** @param most how many rows of one answer are kept */
    Rows(int most) {
        this.most = most;
    }

    /** Takes the next bytes of a session; only those to the client are looked at. */
    void feed(Event.Frames frames) {
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

    /** Forgets what was gathered, at the start of a statement. */
    void clear() {
        shown.clear();
        heading = null;
        count = 0;
    }

    /** The rows since the last call, under their heading, at most so many. */
    List<String> take() {
        List<String> lines = new ArrayList<>();
        if (heading != null && most > 0) {
            lines.add(heading);
            lines.addAll(shown);
            if (count > shown.size()) {
                lines.add("… " + (count - shown.size()) + " more");
            }
        }
        clear();
        return lines;
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
            count += isRow ? 1 : 0;
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
                count++;
                if (shown.size() < most) {
                    shown.add(row(body));
                }
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
            names.add(Visible.line(zeroTerminated(body)));
            body.position(body.position() + FIELD_TAIL_BYTES);
            formats.add(body.getShort() != 0);
        }
        binary = formats;
        heading = String.join(" | ", names);
    }

    private String row(ByteBuffer body) {
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
            cells.add(isBinary ? "(" + length + " bytes)" : cell(new String(value, StandardCharsets.UTF_8)));
        }
        return String.join(" | ", cells);
    }

    private static String cell(String text) {
        String line = Visible.line(text);
        return line.length() <= MOST_CELL ? line : line.substring(0, MOST_CELL - 1) + "…";
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
