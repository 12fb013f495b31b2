package dev.gatehouse.firewall.approval;

import java.util.Set;

/**
 * A person at the desk.
 *
 * @param name the identity that decides
 * @param groups that identity's groups
 * @param operator whether the person runs the appliance itself (its own user, or root) and so may decide in every flow
 * @param via how they came, for the record: {@code admin socket, uid 0}
 */
public record Reviewer(String name, Set<String> groups, boolean operator, String via) {

    public Reviewer {
        groups = Set.copyOf(groups);
    }
}
