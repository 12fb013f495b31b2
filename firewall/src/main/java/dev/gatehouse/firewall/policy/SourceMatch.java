package dev.gatehouse.firewall.policy;

import dev.gatehouse.firewall.session.Session;
import java.util.List;
import java.util.Optional;

/**
 * The condition of a rule on where the client comes from. All parts must hold; an empty one asks nothing.
 *
 * @param applications what the client calls itself; a claim, not a proof
 * @param encrypted whether the client's connection is under TLS
 * @param not what must not hold
 */
public record SourceMatch(
        List<Cidr> cidrs, Names applications, Optional<Boolean> encrypted, Optional<SourceMatch> not) {

    public SourceMatch {
        cidrs = List.copyOf(cidrs);
    }

    boolean matches(Session session) {
        return (cidrs.isEmpty() || cidrs.stream().anyMatch(range -> range.contains(session.source())))
                && applications.admits(session.application())
                && encrypted.map(wanted -> wanted == session.encrypted()).orElse(true)
                && not.map(n -> !n.matches(session)).orElse(true);
    }
}
