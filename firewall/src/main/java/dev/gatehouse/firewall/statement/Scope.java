package dev.gatehouse.firewall.statement;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What besides its text decides what a statement means.
 *
 * @param upstream the upstream's name, which with the database names a catalog
 * @param database the database
 * @param username the database user, for {@code $user} in the search path
 * @param searchPath the schemas names are looked up in, in order, as {@code search_path} lists them ({@code $user}
 *     unexpanded), and {@code pg_temp.x}, which no schema can be called, for each {@code x} that may be a temporary table; empty optional when it is not known for certain, and then an unqualified name cannot be resolved
 * @param modes the settings that decide how its text is cut into tokens and put together
 */
public record Scope(String upstream, String database, String username, Optional<List<String>> searchPath, Modes modes) {

    /** What {@link Effect.Defines} calls a table or view that its session alone sees. */
    public static final String TEMPORARY_RELATION = "temporary relation";

    private static final String TEMPORARY = "pg_temp.";

    public Scope {
        searchPath = searchPath.map(List::copyOf);
    }

    /** The SQL dialect. */
    public Dialect dialect() {
        return modes.dialect();
    }

    /** What text is read under after a command that may have made temporary tables. */
    public Scope after(Command command) {
        if (searchPath.isEmpty()) {
            return this;
        }
        List<String> path = new ArrayList<>(searchPath.get());
        for (String name : temporaries(command)) {
            if (!path.contains(TEMPORARY + name)) {
                path.add(TEMPORARY + name);
            }
        }
        return path.size() == searchPath.get().size()
                ? this
                : new Scope(upstream, database, username, Optional.of(path), modes);
    }

    /** The names of the temporary tables a command may make. */
    public static List<String> temporaries(Command command) {
        List<String> names = new ArrayList<>();
        for (Effect effect : command.effects()) {
            if (effect instanceof Effect.Defines defines && defines.object().equals(TEMPORARY_RELATION)) {
                names.add(defines.name());
            }
        }
        return names;
    }

    /** A search path that says of these names that they may be temporary tables. */
    public static List<String> shadowed(List<String> path, Collection<String> temporaries) {
        List<String> all = new ArrayList<>(path);
        temporaries.forEach(name -> all.add(TEMPORARY + name));
        return all;
    }

    /** Whether an unqualified name may mean a temporary table, of which nothing is known. */
    public boolean mayBeTemporary(String name) {
        return searchPath.isPresent() && searchPath.get().contains(TEMPORARY + name);
    }

    /** Whether there may be any temporary table. */
    public boolean hasTemporaries() {
        return searchPath.isEmpty() || searchPath.get().stream().anyMatch(entry -> entry.startsWith(TEMPORARY));
    }
}
