package dev.gatehouse.firewall.statement;

import java.util.Set;

/**
 * One column of a result, by the statement's text.
 *
 * @param name the column's name
 * @param origins the base columns whose values may flow into it
 * @param accounted whether {@code origins} is complete; false where a function of unknown body or the like takes part,
 *     and then the column is treated as protected
 * @param whole whether each value is one of an origin's or a constant, and not computed from one; what is computed is not
 *     shown in part, as a part of the computed may be any part of the original
 */
public record Output(String name, Set<Column> origins, boolean accounted, boolean whole) {

    /**
     * Stands alone, for however many columns there are: they tell of objects and settings, and hold no value of any column. It
     * has a name that no column has.
     */
    public static final Output OF_OBJECTS = new Output("\0", Set.of(), true);

    /** A column that holds its origins' values as they are. */
    public Output(String name, Set<Column> origins, boolean accounted) {
        this(name, origins, accounted, true);
    }

    public Output {
        origins = Set.copyOf(origins);
    }

    /** Whether it stands for all columns of a result that tells of objects and settings. */
    public boolean isOfObjects() {
        return equals(OF_OBJECTS);
    }
}
