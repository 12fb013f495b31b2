package dev.gatehouse.firewall.policy;

import java.util.List;
import java.util.Optional;

/**
 * One mask of the policy: on which columns, for whom, and what it does.
 *
 * @param tags tags of the columns
 * @param columns the columns by name, besides those by tag
 * @param who for whom; empty for everyone
 * @param except for whom not
 * @param target on which databases; empty for all
 * @param rule its id and what it does
 */
public record ColumnMask(
        Names tags,
        List<NamePattern> columns,
        Optional<Who> who,
        Optional<Who> except,
        Optional<Target> target,
        MaskRule rule) {

    public ColumnMask {
        columns = List.copyOf(columns);
    }
}
