package dev.gatehouse.wire.mysql;

import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Naming;
import dev.gatehouse.firewall.statement.StatementClass;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The statements that SQL has given names to in this session, by {@code PREPARE}. Servers compare such names by a collation;
 * of plain ASCII it is known which are the same. Lives on the session's loop.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/9.4/en/sql-prepared-statements.html">Prepared Statements</a>
 */
final class Names {

    private static final Set<Kind> NAMING = EnumSet.of(Kind.PREPARE, Kind.DEALLOCATE, Kind.EXECUTE, Kind.CALL);

    private static final Pattern CERTAIN = Pattern.compile("[a-z0-9_$]+");

    /**
     * What a name stands for.
     *
     * @param text the text that holds its PREPARE
     * @param command which of the text's commands that is
     */
    record Named(Prepared text, int command) {}

    private final Map<String, Named> statements = new HashMap<>();

    /** What a name stands for; null where that is not known for certain. */
    @Nullable
    Named find(String name) {
        return statements.get(key(name));
    }

    /** A name as all that mean the same are written. */
    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Whether only the same letters mean the same as this name. */
    static boolean isCertain(String name) {
        return CERTAIN.matcher(key(name)).matches();
    }

    /**
     * Notes that a text has run.
     *
     * @param text as it was sent; null where nobody can read it again
     * @param commands of the text
     * @param completed how many of them have succeeded for certain; the others may have, or in part
     */
    void ran(@Nullable Prepared text, List<Command> commands, int completed) {
        if (commands.isEmpty()) {
            clear();
        }
        for (int i = 0; i < commands.size(); i++) {
            Command command = commands.get(i);
            Naming naming = command.naming().orElse(null);
            if (naming instanceof Naming.Prepares prepares && isCertain(prepares.name())) {
                // The name loses its old meaning even where it gets no new one.
                statements.remove(key(prepares.name()));
                if (i < completed && text != null) {
                    statements.put(key(prepares.name()), new Named(text, i));
                }
            } else if (naming instanceof Naming.Deallocates ends
                    && ends.name().filter(Names::isCertain).isPresent()) {
                statements.remove(key(ends.name().get()));
            } else if (mayName(command)) {
                clear();
            }
        }
    }

    /** Whether a command may give names other meanings, nobody knows which. No function and no trigger can. */
    static boolean mayName(Command command) {
        return command.kinds().stream()
                        .anyMatch(kind -> NAMING.contains(kind) || kind.statementClass() == StatementClass.UNKNOWN)
                || command.effects().stream().anyMatch(Effect.Runs.class::isInstance);
    }

    void clear() {
        statements.clear();
    }
}
