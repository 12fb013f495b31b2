package dev.gatehouse.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/**
 * The values that nobody may learn of, in one of two databases that differ in them alone, and the disguises they may come in.
 * What the masks show of a value is alike in both; its length, its place in an order and whether another row has it are not.
 */
final class Secrets {

    static final int ROWS = 12;

    private static final String LETTERS = "bcdfghjklmnpqrstvwxz";
    private static final String DIGITS = "0123456789";
    /** So many letters, or digits, in a row are no coincidence. */
    private static final int TELLING_LETTERS = 4;

    private static final int TELLING_DIGITS = 6;

    private final Random random;
    private final int twin;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Set<String> disguises = new LinkedHashSet<>();

    private Secrets(int twin) {
        this.twin = twin;
        this.random = new Random(40 + twin);
        for (int row = 1; row <= ROWS; row++) {
            draw(row);
        }
    }

    /** @param twin 0 or 1 */
    static Secrets of(int twin) {
        return new Secrets(twin);
    }

    private void draw(int row) {
        word("email", row, "k" + letters(9 + (row + 3 * twin) % 4), "@acme.test");
        number("card", row, "4" + digits(3) + " " + digits(4) + " " + digits(4) + " " + (1000 + row));
        // Two rows are equal, and not the same two in both.
        String ssn = row == 2 + 2 * twin ? value("ssn", row - 1) : "7" + digits(2) + "-" + digits(2) + "-" + digits(4);
        number("ssn", row, ssn);
        String salary = "2" + digits(8);
        number("salary", row, salary);
        disguise(new String(
                ByteBuffer.allocate(Integer.BYTES)
                        .putInt(Integer.parseInt(salary))
                        .array(),
                StandardCharsets.ISO_8859_1));
        number("bonus", row, "5" + digits(3) + "." + digits(2));
        String born = 1980 + row + "-1" + random.nextInt(3) + "-" + (10 + random.nextInt(19));
        values.put("born" + row, born);
        encodings(born);
        disguise(born);
        disguise(born.replace("-", ""));
        word("pin", row, letters(8 + (row + 3 * twin) % 4), "");
        word("photo", row, letters(8), "");
        word("street", row, letters(9), "");
        word("tag", row, letters(7), "");
        values.put("vip" + row, String.valueOf(random.nextBoolean()));
        number("phone", row, "3" + digits(8) + "0" + row % 10);
        word("secret", row, letters(10), "");
    }

    private void word(String column, int row, String word, String tail) {
        values.put(column + row, word + tail);
        encodings(word + tail);
        windows(word.substring(1), TELLING_LETTERS);
    }

    private void number(String column, int row, String number) {
        values.put(column + row, number);
        encodings(number);
        windows(number, TELLING_DIGITS);
        windows(number.replaceAll("[^0-9]", ""), TELLING_DIGITS);
    }

    private void encodings(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        disguise(HexFormat.of().formatHex(bytes));
        for (String algorithm : List.of("MD5", "SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512")) {
            disguise(HexFormat.of().formatHex(digest(algorithm, bytes)));
            disguise(new String(digest(algorithm, bytes), StandardCharsets.ISO_8859_1));
        }
        // Base 64 within a longer text begins at one of three places.
        for (int from = 0; from < 3; from++) {
            String coded = Base64.getEncoder()
                    .withoutPadding()
                    .encodeToString(value.substring(from).getBytes(StandardCharsets.UTF_8));
            disguise(coded.substring(0, coded.length() - 2));
        }
        disguise(new StringBuilder(value).reverse().toString());
    }

    private void windows(String value, int size) {
        for (int from = 0; from + size <= value.length(); from++) {
            String window = value.substring(from, from + size);
            disguise(window);
            disguise(new StringBuilder(window).reverse().toString());
            disguise(HexFormat.of().formatHex(window.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private void disguise(String text) {
        disguises.add(text.toLowerCase(Locale.ROOT));
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }

    private String letters(int count) {
        return drawn(LETTERS, count);
    }

    private String digits(int count) {
        return drawn(DIGITS, count);
    }

    private String drawn(String from, int count) {
        StringBuilder drawn = new StringBuilder();
        for (int i = 0; i < count; i++) {
            drawn.append(from.charAt(random.nextInt(from.length())));
        }
        return drawn.toString();
    }

    private String value(String column, int row) {
        return Objects.requireNonNull(values.get(column + row));
    }

    /** A text in which {@code {email1}} and its like stand for values. */
    String placed(String text) {
        String placed = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            placed = placed.replace("{" + value.getKey() + "}", value.getValue());
        }
        return placed;
    }

    /**
     * What somebody has learnt of these values.
     *
     * @param heard a character for each byte
     * @param said what they knew before
     */
    List<String> in(String heard, String said) {
        String low = heard.toLowerCase(Locale.ROOT);
        String known = said.toLowerCase(Locale.ROOT);
        List<String> found = new ArrayList<>();
        for (String disguise : disguises) {
            if (low.contains(disguise) && !known.contains(disguise)) {
                found.add(disguise);
            }
        }
        return found;
    }
}
