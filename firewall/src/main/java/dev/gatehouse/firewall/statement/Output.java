package dev.gatehouse.firewall.statement;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One column of a result, by the statement's text.
 *
 * @param name the column's name
 * @param origins the base columns whose values may flow into it
 * @param accounted whether {@code origins} is complete; false where a function of unknown body or the like takes part,
 *     and then the column is treated as protected
 * @param whole whether each value is one of an origin's or a constant, and not computed from one; what is computed is not
 *     shown in part, as a part of the computed may be any part of the original
 * @param path what its values have come through, the first of it first, for people: {@code view public.contacts},
 *     {@code with x}, {@code lower()}
 */
public record Output(String name, Set<Column> origins, boolean accounted, boolean whole, List<String> path) {

    /**
     * Stands alone, for however many columns there are: they tell of objects and settings, and hold no value of any column. It
     * has a name that no column has.
     */
    public static final Output OF_OBJECTS = new Output("\0", Set.of(), true);

    /** A column of which it is not told what its values have come through. */
    public Output(String name, Set<Column> origins, boolean accounted, boolean whole) {
        this(name, origins, accounted, whole, List.of());
    }

    /** A column that holds its origins' values as they are. */
    public Output(String name, Set<Column> origins, boolean accounted) {
        this(name, origins, accounted, true);
    }

    public Output {
        origins = Set.copyOf(origins);
        path = List.copyOf(path);
    }

    /** Where its values come from, for a person to read. */
    public String told() {
        if (origins.isEmpty()) {
            return "from no column";
        }
        String from = origins.stream().map(Column::toString).sorted().collect(Collectors.joining(", "));
        return (whole ? "from " : "computed from ") + from + (path.isEmpty() ? "" : "  by " + String.join(", ", path));
    }

    /** Whether it stands for all columns of a result that tells of objects and settings. */
    public boolean isOfObjects() {
        return equals(OF_OBJECTS);
    }
}
