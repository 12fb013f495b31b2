package dev.gatehouse.gateway.door;

import dev.gatehouse.firewall.session.Upstream;
import java.util.List;
import java.util.Optional;

/**
 * Finds what a client means by a database name: an upstream's name means that upstream and its default database,
 * {@code upstream/database} one of its databases, and any other name a database of the default upstream. No name, as MySQL's
 * clients may give, means the default upstream without a database.
 */
final class Destinations {

    /** A database on a server. */
    record Destination(Upstream upstream, String database) {}

    private final List<Upstream> upstreams;
    private final Optional<Upstream> byDefault;

    Destinations(List<Upstream> upstreams, Optional<String> defaultUpstream) {
        this.upstreams = List.copyOf(upstreams);
        this.byDefault = upstreams.size() == 1 ? Optional.of(upstreams.get(0)) : defaultUpstream.flatMap(this::named);
    }

    List<Upstream> upstreams() {
        return upstreams;
    }

    Optional<Destination> find(String name) {
        if (name.isEmpty()) {
            return byDefault.map(upstream -> new Destination(upstream, ""));
        }
        Optional<Upstream> exact = named(name);
        if (exact.isPresent()) {
            return exact.map(upstream -> new Destination(upstream, upstream.defaultDatabase()));
        }
        int slash = name.indexOf('/');
        Optional<Upstream> qualified = slash < 0 ? Optional.empty() : named(name.substring(0, slash));
        return qualified.isPresent() ? offered(qualified, name.substring(slash + 1)) : offered(byDefault, name);
    }

    private static Optional<Destination> offered(Optional<Upstream> upstream, String database) {
        return upstream.filter(u -> u.offers(database)).map(u -> new Destination(u, database));
    }

    private Optional<Upstream> named(String name) {
        return upstreams.stream()
                .filter(upstream -> upstream.name().equals(name))
                .findFirst();
    }
}
