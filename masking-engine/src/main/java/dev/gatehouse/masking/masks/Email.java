package dev.gatehouse.masking.masks;

import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.policy.Transform;
import io.netty.buffer.ByteBuf;

/** Shows a part of an address: {@code m***@acme.test}. What is not an address becomes {@code ***}. */
final class Email implements Mask {

    private static final byte[] STARS = {'*', '*', '*'};

    private final String id;
    private final Transform.Email.Keep keep;

    Email(String id, Transform.Email.Keep keep) {
        this.id = id;
        this.keep = keep;
    }

    @Override
    public int write(ByteBuf row, int index, int length, ByteBuf out) {
        if (Utf8.count(row, index, length) == Utf8.INVALID) {
            return NULL;
        }
        int begin = out.writerIndex();
        int at = lastAt(row, index, length);
        boolean shown = at > index && isDomain(row, at + 1, index + length) && keep != Transform.Email.Keep.NONE;
        if (shown) {
            int afterFirst = Utf8.skip(row, index, 1);
            // A name of one letter is not shown: it would be the whole name.
            out.writeBytes(row, index, afterFirst < at ? afterFirst - index : 0);
        }
        out.writeBytes(STARS);
        if (shown && keep == Transform.Email.Keep.DOMAIN) {
            out.writeBytes(row, at, index + length - at);
        }
        return out.writerIndex() - begin;
    }

    /** Where the last {@code @} stands; before the value when there is none. */
    private static int lastAt(ByteBuf row, int index, int length) {
        int at = index + length - 1;
        while (at >= index && row.getByte(at) != '@') {
            at--;
        }
        return at;
    }

    /** Whether this may be the name of a host; a sentence after an {@code @} may hold anything. */
    private static boolean isDomain(ByteBuf row, int from, int end) {
        for (int i = from; i < end; i++) {
            byte b = row.getByte(i);
            if (b >= 0 && !Character.isLetterOrDigit(b) && b != '.' && b != '-') {
                return false;
            }
        }
        return from < end;
    }

    @Override
    public String id() {
        return id;
    }
}
