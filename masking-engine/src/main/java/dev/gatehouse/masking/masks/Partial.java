package dev.gatehouse.masking.masks;

import dev.gatehouse.firewall.masking.Mask;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Shows the first and last characters and a fill for each one between. A value with nothing between is filled wholly: to
 * show its ends would show all of it.
 */
final class Partial implements Mask {

    private final String id;
    private final int first;
    private final int last;
    private final byte[] fill;

    Partial(String id, int first, int last, String fill) {
        this.id = id;
        this.first = first;
        this.last = last;
        this.fill = fill.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int write(ByteBuf row, int index, int length, ByteBuf out) {
        int points = Utf8.count(row, index, length);
        if (points == Utf8.INVALID) {
            return NULL;
        }
        boolean ends = points > first + last;
        int keptFirst = ends ? first : 0;
        int keptLast = ends ? last : 0;
        int begin = out.writerIndex();
        int afterFirst = Utf8.skip(row, index, keptFirst);
        out.writeBytes(row, index, afterFirst - index);
        for (int i = keptFirst; i < points - keptLast; i++) {
            out.writeBytes(fill);
        }
        if (keptLast > 0) {
            int beforeLast = Utf8.skip(row, afterFirst, points - keptFirst - keptLast);
            out.writeBytes(row, beforeLast, index + length - beforeLast);
        }
        return out.writerIndex() - begin;
    }

    @Override
    public String id() {
        return id;
    }
}
