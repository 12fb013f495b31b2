package dev.gatehouse.firewall.policy;

import dev.gatehouse.firewall.statement.Column;
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
 * @param place where it stands
 */
public record ColumnMask(
        Names tags,
        List<NamePattern> columns,
        Optional<Who> who,
        Optional<Who> except,
        Optional<Target> target,
        MaskRule rule,
        Ruling.Source place) {

    public ColumnMask {
        columns = List.copyOf(columns);
    }

    /** One of which it is not known where it stands. */
    public ColumnMask(
            Names tags,
            List<NamePattern> columns,
            Optional<Who> who,
            Optional<Who> except,
            Optional<Target> target,
            MaskRule rule) {
        this(tags, columns, who, except, target, rule, new Ruling.Source(rule.id(), "", 0));
    }

    /** Whether it is on a column; one whose schema is not known is taken for each it may be. */
    boolean isOn(String upstream, Column column, Tags classified) {
        return Tags.named(columns, upstream, column) != Truth.NO
                || classified.tagged(tags, upstream, column) != Truth.NO;
    }

    /** Whether wherever the other mask is put on a column for somebody, this one is as well, and comes before it. */
    boolean alwaysBeats(ColumnMask other) {
        return rule.isStrongerThan(other.rule)
                && (who.isEmpty() || who.equals(other.who))
                && (except.isEmpty() || except.equals(other.except))
                && (target.isEmpty() || target.equals(other.target));
    }
}
