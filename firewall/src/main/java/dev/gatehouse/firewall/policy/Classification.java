package dev.gatehouse.firewall.policy;

import java.util.List;

/**
 * A tag on columns.
 *
 * @param tag the tag, such as {@code pii.email}
 * @param columns the columns that carry it
 */
public record Classification(String tag, List<NamePattern> columns) {

    public Classification {
        columns = List.copyOf(columns);
    }
}
