package dev.gatehouse.analyzer.lineage;

import dev.gatehouse.firewall.statement.Effect.Volatility;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a function.
 *
 * @param name what an effect calls it: lower case, and qualified unless it is the server's own
 * @param own whether it is the server's own, so that these traits are all there is to know; of any other, nothing is known
 * @param volatility what it may do besides giving a value, by the catalog
 * @param columns the names of its rows' columns; empty optional where that depends on its arguments, an empty list when it
 *     gives a plain value
 * @param traits what else there is to know
 */
public record Routine(
        String name, boolean own, Volatility volatility, Optional<List<String>> columns, Set<Trait> traits) {

    /** What a function does besides computing a value of its arguments. */
    public enum Trait {
        /** Its result may hold more than what its arguments hold. */
        REVEALS,
        /** It keeps or sends what it is given where rows cannot be masked. */
        CARRIES,
        /** Its result is one of its arguments, with each letter in its place. */
        KEEPS_WHOLE,
        /** It is an aggregate: it gives one value for the rows of a group. */
        AGGREGATES,
        /** It counts rows; of its arguments it tells whether they are null. */
        COUNTS,
        /** Calls that differ in a literal may mean different things to policy. */
        HANGS_ON_LITERALS,
        /** How many rows it gives may tell of its arguments. */
        GIVES_ROWS,
        /** It gives a value whatever it is given, and never fails. */
        TOTAL,
        /** The same, where all arguments but the first are the client's own. */
        TOTAL_FOR_FIRST,
        /** The same, where the first argument is the client's own. */
        TOTAL_BUT_FOR_FIRST,
        /** The same, where every other argument, the key of an object, is a constant. */
        TOTAL_FOR_VALUES,
        /** The same, where all arguments are columns as they are. */
        TOTAL_FOR_COLUMNS,
        /** It changes a setting, named by its first argument. */
        SETS
    }

    public Routine {
        columns = columns.map(List::copyOf);
        traits = traits.isEmpty() ? Set.of() : EnumSet.copyOf(traits);
    }

    boolean is(Trait trait) {
        return traits.contains(trait);
    }
}
