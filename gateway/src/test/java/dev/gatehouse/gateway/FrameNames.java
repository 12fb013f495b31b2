package dev.gatehouse.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Server frames as text, without what differs from one database to the next: numbers of objects that were made in it are
 * counted in the order in which they are met.
 */
final class FrameNames {

    /** The first number that PostgreSQL gives to an object that somebody made. */
    private static final int FIRST_NORMAL_OBJECT = 16384;

    private final Map<Integer, String> objects = new HashMap<>();

    String describe(char tag, ByteBuffer body) {
        StringBuilder told = new StringBuilder().append(tag);
        switch (tag) {
            case 'T' -> columns(body, told);
            case 't' -> {
                for (int left = body.getShort(); left > 0; left--) {
                    told.append(' ').append(object(body.getInt()));
                }
            }
            case 'D' -> {
                for (int left = body.getShort(); left > 0; left--) {
                    int length = body.getInt();
                    told.append(' ').append(length < 0 ? "NULL" : "'" + text(body, length) + "'");
                }
            }
            case 'A' -> {
                body.getInt();
                told.append(' ').append(text(body, body.remaining()));
            }
            default -> told.append(' ').append(text(body, body.remaining()));
        }
        if (body.hasRemaining()) {
            told.append(" and ").append(body.remaining()).append(" bytes");
        }
        return told.toString();
    }

    private void columns(ByteBuffer body, StringBuilder told) {
        for (int left = body.getShort(); left > 0; left--) {
            told.append(' ');
            for (byte b = body.get(); b != 0; b = body.get()) {
                told.append((char) b);
            }
            told.append('=').append(object(body.getInt())).append('.').append(body.getShort());
            told.append(' ').append(object(body.getInt())).append('/').append(body.getShort());
            told.append('/').append(body.getInt()).append('/').append(body.getShort());
        }
    }

    private String object(int number) {
        return number < FIRST_NORMAL_OBJECT
                ? Integer.toString(number)
                : objects.computeIfAbsent(number, n -> "object" + objects.size());
    }

    /** Text as it is, and what is none by its codes. */
    private static String text(ByteBuffer body, int length) {
        byte[] bytes = new byte[length];
        body.get(bytes);
        StringBuilder told = new StringBuilder();
        for (char c : new String(bytes, StandardCharsets.UTF_8).toCharArray()) {
            told.append(c == 0 ? "|" : c < ' ' ? "\\" + (int) c : String.valueOf(c));
        }
        return told.toString();
    }
}
