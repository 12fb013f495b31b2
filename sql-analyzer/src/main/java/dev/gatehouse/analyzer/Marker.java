package dev.gatehouse.analyzer;

import java.util.Locale;
import java.util.Optional;

/**
 * Calls with which the canonical text tells the reader of the syntax tree what plain SQL has no words for. No client can
 * write one: a name that begins with {@code #} is refused.
 */
enum Marker {
    /** The command writes; its argument is the number of the {@link Write}. */
    WRITE,
    /** The rows that are inserted: a query that does not see the target. */
    SOURCE,
    /** A value that is assigned; arguments are the number of the first assigned column, how many, and the value. */
    CARRY,
    /** Expressions that decide about rows or their order, and are not part of a value. */
    PREDICATE,
    /** Several values together, none of them lost. */
    VALUE,
    /** One of several values, as it is. */
    CHOICE,
    /** A whole row, {@code t.*} as a value. */
    ROW,
    /** The {@code *} of {@code count(*)}. */
    STAR,
    /** An aggregate over distinct values. */
    DISTINCT,
    /** The rows of a function, numbered. */
    ORDINALITY,
    /** The rows of several functions side by side. */
    ROWS,
    /** The condition that it is the row a cursor stands at. */
    CURRENT,
    /** Nothing at all. */
    NONE;

    /** The alias of the relation whose rows an upsert proposes. */
    static final String EXCLUDED = "#excluded";

    /** What the last of the columns that a join merges begins with when it is the alias of them all. */
    static final String JOIN_ALIAS = "#as ";

    String text() {
        return "#" + name().toLowerCase(Locale.ROOT);
    }

    static Optional<Marker> of(String name) {
        for (Marker marker : values()) {
            if (marker.text().equals(name)) {
                return Optional.of(marker);
            }
        }
        return Optional.empty();
    }
}
