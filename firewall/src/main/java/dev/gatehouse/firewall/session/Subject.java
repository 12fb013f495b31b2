package dev.gatehouse.firewall.session;

import java.util.Optional;
import java.util.Set;

/**
 * Who is asking, as far as the gateway has verified it.
 *
 * @param name the identity, as policy files name it
 * @param kind what sort of user it is
 * @param groups groups from the identity provider or the local user's entry
 * @param owner the person an agent or service acts for; for four eyes, the owner counts as the requester too
 */
public record Subject(String name, Kind kind, Set<String> groups, Optional<String> owner) {

    /** The sorts of user. */
    public enum Kind {
        HUMAN,
        AGENT,
        SERVICE
    }

    public Subject {
        groups = Set.copyOf(groups);
    }
}
