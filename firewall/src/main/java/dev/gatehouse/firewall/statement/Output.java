package dev.gatehouse.firewall.statement;

import java.util.Set;

/**
 * One column of a result, by the statement's text.
 *
 * @param name the column's name
 * @param origins the base columns whose values may flow into it
 * @param accounted whether {@code origins} is complete; false where a function of unknown body or the like takes part,
 *     and then the column is treated as protected
 */
public record Output(String name, Set<Column> origins, boolean accounted) {

    public Output {
        origins = Set.copyOf(origins);
    }
}
