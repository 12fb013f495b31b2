package dev.gatehouse.firewall.statement;

import java.util.List;
import java.util.Optional;

/**
 * What besides its text decides what a statement means.
 *
 * @param upstream the upstream's name, which with the database names a catalog
 * @param database the database
 * @param username the database user, for {@code $user} in the search path
 * @param searchPath the schemas names are looked up in, in order, as {@code search_path} lists them ({@code $user}
 *     unexpanded); empty optional when it is not known for certain, and then an unqualified name cannot be resolved
 * @param modes the settings that decide how its text is cut into tokens and put together
 */
public record Scope(String upstream, String database, String username, Optional<List<String>> searchPath, Modes modes) {

    public Scope {
        searchPath = searchPath.map(List::copyOf);
    }

    /** The SQL dialect. */
    public Dialect dialect() {
        return modes.dialect();
    }
}
