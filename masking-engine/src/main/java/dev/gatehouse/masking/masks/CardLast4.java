package dev.gatehouse.masking.masks;

import dev.gatehouse.firewall.masking.Mask;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Shows dots and a card number's last four digits, without its separators. What has too few digits for one is all dots. */
final class CardLast4 implements Mask {

    private static final byte[] DOT = "•".getBytes(StandardCharsets.UTF_8);
    private static final int KEPT = 4;
    /** The shortest account number of ISO/IEC 7812-1. */
    private static final int LEAST_DIGITS = 8;

    private final String id;

    CardLast4(String id) {
        this.id = id;
    }

    @Override
    public int write(ByteBuf row, int index, int length, ByteBuf out) {
        int points = Utf8.count(row, index, length);
        if (points == Utf8.INVALID) {
            return NULL;
        }
        int digits = 0;
        for (int i = index; i < index + length; i++) {
            digits += isDigit(row.getByte(i)) ? 1 : 0;
        }
        boolean card = digits >= LEAST_DIGITS;
        int begin = out.writerIndex();
        int dots = card ? digits - KEPT : points;
        for (int i = 0; i < dots; i++) {
            out.writeBytes(DOT);
        }
        if (card) {
            writeLast(row, index, length, digits - KEPT, out);
        }
        return out.writerIndex() - begin;
    }

    private static void writeLast(ByteBuf row, int index, int length, int hidden, ByteBuf out) {
        int seen = 0;
        for (int i = index; i < index + length; i++) {
            byte b = row.getByte(i);
            if (isDigit(b) && ++seen > hidden) {
                out.writeByte(b);
            }
        }
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    @Override
    public String id() {
        return id;
    }
}
