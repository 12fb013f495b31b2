package dev.gatehouse.masking.detect;

import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.masking.Prose;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;

/**
 * Masks what gives itself away in a text, and leaves the rest as it is. The value is read once from its beginning to its end.
 *
 * <p>What a mask writes must not end a string or an array's element: where it would, three stars are written instead. In JSON a
 * number becomes a string.
 */
public final class Net implements Mask {

    /** What has no meaning in any literal, besides letters and digits. */
    private static final String PLAIN = "*@.-_+[]#:";

    private static final byte[] STARS = {'*', '*', '*'};
    /** Longer values are read in room of their own, so that one of them does not keep much for good. */
    private static final int MOST_KEPT = 64 << 10;

    private static final ThreadLocal<byte[]> ROOM = ThreadLocal.withInitial(() -> new byte[MOST_KEPT]);

    private final List<Catch> catches;
    private final Prose prose;
    private final Search search;

    /**
     * @param catches what is looked for, the strongest mask first
     * @param prose how text stands in the values; some way
     */
    public Net(List<Catch> catches, Prose prose) {
        this.catches = List.copyOf(catches);
        this.prose = prose;
        this.search = new Search(catches.stream().map(Catch::kind).toList());
    }

    @Override
    public int write(ByteBuf row, int index, int length, ByteBuf out) {
        byte[] text = length <= MOST_KEPT ? ROOM.get() : new byte[length];
        row.getBytes(index, text, 0, length);
        int begin = out.writerIndex();
        int copied = prose == Prose.JSON ? json(text, length, out) : stretch(text, 0, length, 0, false, out);
        if (copied < 0) {
            out.writerIndex(begin);
            return NULL;
        }
        out.writeBytes(text, copied, length - copied);
        return out.writerIndex() - begin;
    }

    /** Goes through strings and what stands between them, each by itself. */
    private int json(byte[] text, int length, ByteBuf out) {
        int copied = 0;
        int at = 0;
        boolean string = false;
        while (at < length && copied >= 0) {
            int end = at;
            while (end < length && text[end] != '"') {
                end += string && text[end] == '\\' ? 2 : 1;
            }
            end = Math.min(end, length);
            copied = stretch(text, at, end, copied, !string, out);
            string = !string;
            at = end + 1;
        }
        return copied;
    }

    /**
     * Masks what is found in a part of a text.
     *
     * @param copied up to where the text has been written
     * @param bare whether it is JSON outside of strings
     * @return up to where it has been written now; below 0 where the whole value is NULL
     */
    private int stretch(byte[] text, int from, int to, int copied, boolean bare, ByteBuf out) {
        int written = copied;
        search.begin(text, from, to, prose != Prose.PLAIN);
        for (int found = search.next(); found != Detector.NONE; found = search.next()) {
            boolean signed = bare && search.start() > from && text[search.start() - 1] == '-';
            int start = signed ? search.start() - 1 : search.start();
            out.writeBytes(text, written, start - written);
            if (bare) {
                out.writeByte('"');
            }
            if (!write(catches.get(found).mask(), text, out)) {
                return NULL;
            }
            if (bare) {
                out.writeByte('"');
            }
            written = search.end();
        }
        return written;
    }

    /** Writes what is shown for the value that was found; answers false where that is NULL. */
    private boolean write(Mask mask, byte[] text, ByteBuf out) {
        byte[] value = inAscii(text, search.start(), search.end());
        int begin = out.writerIndex();
        int written = mask.write(Unpooled.wrappedBuffer(value), 0, value.length, out);
        if (written == NULL) {
            return false;
        }
        if (!fits(out, begin, written)) {
            out.writerIndex(begin);
            out.writeBytes(STARS);
        }
        return true;
    }

    /** The value with its digits, of whatever script, as those of ASCII: masks know no others. */
    private static byte[] inAscii(byte[] text, int from, int to) {
        byte[] value = new byte[to - from];
        int length = 0;
        for (int at = from; at < to; ) {
            int size = Glyphs.size(text, at, to);
            int digit = text[at] < 0 ? Glyphs.digit(text, at, to) : -1;
            if (digit >= 0) {
                value[length++] = (byte) ('0' + digit);
            } else {
                System.arraycopy(text, at, value, length, size);
                length += size;
            }
            at += size;
        }
        return length == value.length ? value : Arrays.copyOf(value, length);
    }

    /** Whether what was written leaves what is around it as it was. */
    private boolean fits(ByteBuf out, int begin, int written) {
        for (int i = begin; i < begin + written; i++) {
            byte b = out.getByte(i);
            boolean fits =
                    switch (prose) {
                        case NONE, PLAIN -> true;
                        case JSON -> b != '"' && b != '\\' && (b < 0 || b >= ' ');
                        case LITERAL -> b < 0 || isPlain(b);
                        case ASCII -> b > 0 && isPlain(b);
                    };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(byte b) {
        return Glyphs.isLetterOrDigit(b) || PLAIN.indexOf(b) >= 0;
    }

    @Override
    public boolean replaces() {
        return false;
    }

    @Override
    public String id() {
        return catches.get(0).mask().id();
    }
}
