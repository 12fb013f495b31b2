package dev.gatehouse.gateway.command;

import dev.gatehouse.firewall.session.Subject;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A statement that the policy is asked about, and the session it would come in.
 *
 * @param as who asks
 * @param kind what sort of user that is; empty for what the configuration says
 * @param groups the user's groups; empty for those of the configuration
 * @param to the upstream, or the upstream, a slash and one of its databases
 * @param login the login the session asks for; empty for its default
 * @param at when
 * @param from the client's address
 * @param application what the client calls itself
 * @param catalog a file of the catalog; empty for the server's own
 * @param schemas where names without a schema are looked up; empty for the login's search path
 */
public record Inquiry(
        String sql,
        String as,
        Optional<Subject.Kind> kind,
        Set<String> groups,
        String to,
        Optional<String> login,
        Instant at,
        InetAddress from,
        String application,
        Optional<String> catalog,
        List<String> schemas) {

    public Inquiry {
        groups = Set.copyOf(groups);
        schemas = List.copyOf(schemas);
    }
}
