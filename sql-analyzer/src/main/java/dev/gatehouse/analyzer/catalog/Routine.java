package dev.gatehouse.analyzer.catalog;

import dev.gatehouse.firewall.statement.Effect.Volatility;
import java.util.List;
import java.util.Optional;

/**
 * A function or procedure; several may have one name.
 *
 * @param schema its schema or database; {@link #NATIVE} for what is part of the MySQL server itself
 * @param name its name; in lower case for MySQL, which does not tell cases apart
 * @param sort what it is called as
 * @param volatility what it may do besides giving a value, by its own declaration
 * @param language what it is written in, in lower case
 * @param definer whose rights it runs with; empty where it runs with the caller's
 * @param columns the names of the columns it gives; empty when it gives a plain value
 * @param certain whether they are the same for every call
 * @param rows whether it gives any number of rows
 */
public record Routine(
        String schema,
        String name,
        Sort sort,
        Volatility volatility,
        String language,
        Optional<String> definer,
        List<String> columns,
        boolean certain,
        boolean rows) {

    /** Stands for the schema of functions that are in none. */
    public static final String NATIVE = "";

    public Routine {
        columns = List.copyOf(columns);
    }

    /** What a routine is called as. */
    public enum Sort {
        FUNCTION,
        AGGREGATE,
        WINDOW,
        PROCEDURE
    }
}
