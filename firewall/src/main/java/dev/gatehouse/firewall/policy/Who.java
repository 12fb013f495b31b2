package dev.gatehouse.firewall.policy;

import dev.gatehouse.firewall.session.Subject;
import java.util.Optional;
import java.util.Set;

/**
 * The condition of a rule on who asks. All parts must hold; an empty one asks nothing.
 *
 * @param not what must not hold
 */
public record Who(Names roles, Names groups, Names users, Set<Subject.Kind> kinds, Optional<Who> not) {

    public Who {
        kinds = Set.copyOf(kinds);
    }

    public static Who roles(String... roles) {
        return new Who(Names.of(roles), Names.NONE, Names.NONE, Set.of(), Optional.empty());
    }

    /** Everyone but these. */
    public static Who allBut(Who excluded) {
        return new Who(Names.NONE, Names.NONE, Names.NONE, Set.of(), Optional.of(excluded));
    }

    boolean matches(Subject subject, Set<String> subjectRoles) {
        return roles.admitsAny(subjectRoles)
                && groups.admitsAny(subject.groups())
                && users.admits(subject.name())
                && (kinds.isEmpty() || kinds.contains(subject.kind()))
                && not.map(n -> !n.matches(subject, subjectRoles)).orElse(true);
    }
}
