package dev.gatehouse.firewall.policy;

import java.util.Optional;

/**
 * One rule: who, on what, doing what, from where, when, and what then. All conditions that are present must hold.
 *
 * @param title what it is for, in words; may be empty
 * @param enforced whether it counts; one that only observes does not
 * @param place where it stands; its id is the rule's
 */
public record Rule(
        String title,
        boolean enforced,
        Optional<Who> who,
        Optional<Target> target,
        Optional<StatementMatch> statement,
        Optional<SourceMatch> source,
        Optional<TimeMatch> time,
        Then then,
        Ruling.Source place) {

    public String id() {
        return place.id();
    }

    /** How many conditions it has: among rules of the same effect, the one with most decides what the client is told. */
    int dimensions() {
        int count = 0;
        for (Optional<?> condition : new Optional<?>[] {who, target, statement, source, time}) {
            count += condition.isPresent() ? 1 : 0;
        }
        return count;
    }
}
