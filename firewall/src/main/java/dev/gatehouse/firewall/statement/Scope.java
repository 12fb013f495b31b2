package dev.gatehouse.firewall.statement;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What besides its text decides what a statement means.
 *
 * @param upstream the upstream's name, which with the database names a catalog
 * @param database the database
 * @param username the database user, for {@code $user} in the search path
 * @param searchPath the schemas names are looked up in, in order, as {@code search_path} lists them ({@code $user}
 *     unexpanded), and what no schema can be called: {@code pg_temp.x} for each {@code x} that may be a temporary table,
 *     with its database in MySQL, and {@code handler.x} for each name a HANDLER was opened by, with its table; empty optional when it is
 *     not known for certain, and then an unqualified name cannot be resolved, in MySQL a qualified one neither
 * @param modes the settings that decide how its text is cut into tokens and put together
 */
public record Scope(String upstream, String database, String username, Optional<List<String>> searchPath, Modes modes) {

    /** What {@link Effect.Defines} calls a table or view that its session alone sees. */
    public static final String TEMPORARY_RELATION = "temporary relation";

    /** What {@link Effect.Defines} calls the name that a HANDLER is opened by. */
    public static final String HANDLER = "handler";

    private static final String TEMPORARY = "pg_temp.";
    private static final String OPENED = "handler.";
    /** What ends a name where others follow it: no name may hold it. */
    private static final String END = "\0";

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
        for (Effect effect : command.effects()) {
            if (effect instanceof Effect.Defines defines && defines.object().equals(HANDLER)) {
                open(defines.name(), command, path);
            } else if (effect instanceof Effect.Defines defines
                    && defines.object().equals(TEMPORARY_RELATION)) {
                follow(defines, path);
            }
        }
        return path.equals(searchPath.get()) ? this : new Scope(upstream, database, username, Optional.of(path), modes);
    }

    private static void follow(Effect.Defines defines, List<String> path) {
        boolean created = defines.change() == Effect.Definition.CREATED;
        String entry = TEMPORARY + defines.name();
        if (created && !path.contains(entry)) {
            path.add(entry);
        } else if (!created && isPlain(defines.name())) {
            path.remove(entry);
        }
    }

    /** Notes by which name a HANDLER was opened; another one by that name is closed then. */
    private static void open(String name, Command command, List<String> path) {
        path.removeIf(entry -> entry.startsWith(OPENED + name + END));
        for (Effect effect : command.effects()) {
            if (effect instanceof Effect.Reads reads) {
                path.add(OPENED
                        + name
                        + END
                        + reads.table().schema()
                        + END
                        + reads.table().name());
                return;
            }
        }
    }

    /** Whether a database and a table can be told apart in what is written with a dot between them. */
    private static boolean isPlain(String name) {
        return name.indexOf('.') == name.lastIndexOf('.');
    }

    /** The names of the temporary tables a command may make. */
    public static List<String> temporaries(Command command) {
        List<String> names = new ArrayList<>();
        for (Effect effect : command.effects()) {
            if (effect instanceof Effect.Defines defines
                    && defines.change() == Effect.Definition.CREATED
                    && defines.object().equals(TEMPORARY_RELATION)) {
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

    /** What a temporary table of MySQL's is called here, which belongs to a database. */
    public String temporary(Table table) {
        String name = table.schema() + "." + table.name();
        boolean folds = modes instanceof Modes.MySql mySql && mySql.lowerCaseTableNames() != 0;
        return folds ? name.toLowerCase(Locale.ROOT) : name;
    }

    /** Whether a table of MySQL's may be hidden by a temporary one of the same name, of which nothing is known. */
    public boolean mayBeTemporary(Table table) {
        return searchPath.isEmpty()
                || mayBeTemporary(temporary(table))
                || mayBeTemporary(temporary(new Table(Table.UNKNOWN, table.name())));
    }

    /** The table a HANDLER was opened for by another name than the table's; the database may be unknown. */
    public Optional<Table> handler(String name) {
        String opened = OPENED + name.toLowerCase(Locale.ROOT) + END;
        return searchPath.orElse(List.of()).stream()
                .filter(entry -> entry.startsWith(opened))
                .map(entry -> entry.split(END, -1))
                .map(parts -> new Table(parts[1], parts[2]))
                .findFirst();
    }

    /** Whether there may be any temporary table. */
    public boolean hasTemporaries() {
        return searchPath.isEmpty() || searchPath.get().stream().anyMatch(entry -> entry.startsWith(TEMPORARY));
    }
}
