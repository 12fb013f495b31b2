package dev.gatehouse.gateway.analyze;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Cuts a stream at its line feeds. A line longer than the bound is read to its end, and kept no further than the bound. */
final class Lines {

    /** Room for any statement that is read at all, with every character of it escaped. */
    static final int MAX_BYTES = 16 << 20;

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int from;
    private int to;
    private boolean begun;

    Lines(InputStream in) {
        this.in = in;
    }

    /**
     * The next line without its end; null after the last one. What follows the last line feed is a line if it is anything.
     * One byte more than the bound stands for a line that is longer.
     */
    byte @Nullable [] next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (fill()) {
            int end = from;
            while (end < to && buffer[end] != '\n') {
                end++;
            }
            line.write(buffer, from, Math.min(end - from, MAX_BYTES + 1 - line.size()));
            boolean ends = end < to;
            from = ends ? end + 1 : end;
            if (ends) {
                return line.toByteArray();
            }
        }
        return line.size() == 0 ? null : line.toByteArray();
    }

    private boolean fill() throws IOException {
        if (from < to) {
            return true;
        }
        from = 0;
        to = in.read(buffer);
        if (!begun && to > 0) {
            begun = true;
            to += in.readNBytes(buffer, to, Math.max(0, 3 - to));
            int first = to < 3 ? 0 : (buffer[0] & 0xF) << 12 | (buffer[1] & 0x3F) << 6 | (buffer[2] & 0x3F);
            from = first == BYTE_ORDER_MARK && buffer[0] == (byte) 0xEF ? 3 : 0;
            return to > from || fill();
        }
        return to > 0;
    }
}
