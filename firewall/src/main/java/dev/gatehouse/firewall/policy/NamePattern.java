package dev.gatehouse.firewall.policy;

import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The name of a table or column in a rule: {@code upstream.schema.table.column}, of which parts may be left out from the
 * left, and in which {@code *} stands for any characters of one part.
 *
 * <p>Letters fold to lower case as PostgreSQL folds them, unless the part is in double quotes.
 *
 * @param text the pattern as written
 * @param parts the parts from left to right
 */
public record NamePattern(String text, List<Glob> parts) {

    /** The most parts a table's pattern has. */
    public static final int TABLE_PARTS = 3;
    /** The most parts a column's pattern has. */
    public static final int COLUMN_PARTS = 4;

    public NamePattern {
        parts = List.copyOf(parts);
    }

    /**
     * Reads a pattern.
     *
     * @param mostParts {@link #TABLE_PARTS} or {@link #COLUMN_PARTS}
     * @throws IllegalArgumentException if it is not one; the message says why
     */
    public static NamePattern parse(String text, int mostParts) {
        List<Glob> parts = new ArrayList<>();
        int at = 0;
        while (true) {
            int end = at < text.length() && text.charAt(at) == '"' ? quotedEnd(text, at) : plainEnd(text, at);
            parts.add(part(text.substring(at, end)));
            if (end == text.length()) {
                break;
            }
            if (text.charAt(end) != '.') {
                throw new IllegalArgumentException("a quoted part ends at a dot or at the end");
            }
            at = end + 1;
        }
        if (parts.size() > mostParts) {
            throw new IllegalArgumentException(
                    "it has " + parts.size() + " parts, at most " + mostParts + " are possible");
        }
        return new NamePattern(text, parts);
    }

    public static NamePattern table(String text) {
        return parse(text, TABLE_PARTS);
    }

    public static NamePattern column(String text) {
        return parse(text, COLUMN_PARTS);
    }

    private static int plainEnd(String text, int from) {
        int dot = text.indexOf('.', from);
        return dot < 0 ? text.length() : dot;
    }

    private static int quotedEnd(String text, int from) {
        int close = text.indexOf('"', from + 1);
        if (close < 0) {
            throw new IllegalArgumentException("a quote is not closed");
        }
        return close + 1;
    }

    private static Glob part(String written) {
        boolean quoted = written.startsWith("\"");
        String name = quoted ? written.substring(1, written.length() - 1) : written.toLowerCase(Locale.ROOT);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a part is empty");
        }
        return new Glob(name);
    }

    /** Whether this, as a column's pattern, names a column. A schema that could not be resolved may be any. */
    Truth column(String upstream, Column column) {
        int last = parts.size() - 1;
        return parts.get(last).matches(column.name()) ? relation(upstream, column.table(), last - 1) : Truth.NO;
    }

    /** Whether this, as a table's pattern, names a table. A schema that could not be resolved may be any. */
    Truth table(String upstream, Table table) {
        return relation(upstream, table, parts.size() - 1);
    }

    private Truth relation(String upstream, Table table, int tablePart) {
        if (tablePart >= 0 && !parts.get(tablePart).matches(table.name())) {
            return Truth.NO;
        }
        boolean known = !table.schema().equals(Table.UNKNOWN);
        int schemaPart = tablePart - 1;
        if (known && schemaPart >= 0 && !parts.get(schemaPart).matches(table.schema())) {
            return Truth.NO;
        }
        int upstreamPart = tablePart - 2;
        if (upstreamPart >= 0 && !parts.get(upstreamPart).matches(upstream)) {
            return Truth.NO;
        }
        return known ? Truth.YES : Truth.UNKNOWN;
    }

    /** Whether this, as a column's pattern, may name any column of an upstream. */
    boolean reaches(String upstream) {
        return parts.size() < COLUMN_PARTS || parts.get(0).matches(upstream);
    }

    @Override
    public String toString() {
        return text;
    }
}
