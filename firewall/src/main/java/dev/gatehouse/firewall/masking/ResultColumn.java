package dev.gatehouse.firewall.masking;

import dev.gatehouse.firewall.statement.Column;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One column of a result, by the server's description.
 *
 * @param name the column's name
 * @param form in which form its values come
 * @param prose how text stands in them
 * @param traced whether the server traced it to a relation's column at all
 * @param origins the base columns behind what the server traced it to; null when it named a relation that is not known
 */
public record ResultColumn(
        String name,
        ValueForm form,
        Prose prose,
        boolean traced,
        @Nullable Set<Column> origins) {}
