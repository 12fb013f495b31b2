package dev.gatehouse.gateway.export;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Comma-separated values.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
public final class Csv {

    private Csv() {}

    /** One line, without its end. */
    public static String line(List<String> cells) {
        return cells.stream().map(Csv::cell).collect(Collectors.joining(","));
    }

    private static String cell(String text) {
        return text.matches("[^\",\r\n]*") ? text : quoted(text);
    }

    /** A cell in quotes, whatever is in it. */
    static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
