package dev.gatehouse.firewall.policy;

import java.util.List;
import java.util.Optional;

/**
 * A tag on columns.
 *
 * @param tag the tag, such as {@code pii.email}
 * @param columns the columns that carry it
 * @param detect what else is taken for it wherever a text holds it
 */
public record Classification(String tag, List<NamePattern> columns, Optional<ValueKind> detect) {

    public Classification {
        columns = List.copyOf(columns);
    }

    /** A tag that columns alone carry. */
    public Classification(String tag, List<NamePattern> columns) {
        this(tag, columns, Optional.empty());
    }
}
