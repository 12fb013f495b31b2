package dev.gatehouse.firewall.policy;

import java.util.Set;

/**
 * Which held logins the members of some roles may work under.
 *
 * @param roles the roles
 * @param upstreams the upstreams it is about
 * @param mayUse the logins' names
 * @param standard the login a session gets that asks for none
 */
public record LoginGrant(Names roles, Names upstreams, Set<String> mayUse, String standard) {

    public LoginGrant {
        mayUse = Set.copyOf(mayUse);
    }
}
