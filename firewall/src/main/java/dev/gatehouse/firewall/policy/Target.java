package dev.gatehouse.firewall.policy;

import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.statement.Dialect;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The condition of a rule on the database. All parts must hold; an empty one asks nothing.
 *
 * @param labels labels the upstream must have, each with its value
 * @param not what must not hold
 */
public record Target(
        Names upstreams, Names databases, Map<String, Glob> labels, Set<Dialect> protocols, Optional<Target> not) {

    public Target {
        labels = Map.copyOf(labels);
        protocols = Set.copyOf(protocols);
    }

    boolean matches(Upstream upstream, String database) {
        return upstreams.admits(upstream.name())
                && databases.admits(database)
                && (protocols.isEmpty() || protocols.contains(upstream.dialect()))
                && labels.entrySet().stream().allMatch(label -> {
                    String value = upstream.labels().get(label.getKey());
                    return value != null && label.getValue().matches(value);
                })
                && not.map(n -> !n.matches(upstream, database)).orElse(true);
    }
}
