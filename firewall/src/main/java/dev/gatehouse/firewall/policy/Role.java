package dev.gatehouse.firewall.policy;

import dev.gatehouse.firewall.session.Subject;
import java.util.Optional;
import java.util.Set;

/**
 * A role of the policy, and who has it: the members of its groups and its users, of its kinds only when it names any.
 *
 * @param name the role's name
 * @param groups groups whose members have it
 * @param users users who have it
 * @param kinds the kinds of user that may have it; none for all. Alone, everyone of these kinds has it
 * @param console what those who have it may do in the console besides deciding where a flow names them; empty for no more
 *     than that
 */
public record Role(String name, Names groups, Names users, Set<Subject.Kind> kinds, Optional<ConsoleRight> console) {

    public Role {
        kinds = Set.copyOf(kinds);
    }

    /** A role that gives nothing in the console. */
    public Role(String name, Names groups, Names users, Set<Subject.Kind> kinds) {
        this(name, groups, users, kinds, Optional.empty());
    }

    /** Whether this subject has the role. */
    public boolean includes(Subject subject) {
        if (!kinds.isEmpty() && !kinds.contains(subject.kind())) {
            return false;
        }
        if (groups.isEmpty() && users.isEmpty()) {
            return !kinds.isEmpty();
        }
        return groups.matchAny(subject.groups()) || users.match(subject.name());
    }
}
