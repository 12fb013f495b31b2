package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.firewall.statement.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The server's settings that decide how text is read, as far as they are known for certain. What the server reports is
 * known; while a statement is under way that may change a setting, nothing that depends on it is.
 *
 * <p>Servers from PostgreSQL 18 on report {@code search_path}; others are asked after login and after each change. None
 * reports its role, which {@code "$user"} in the search path stands for: it is asked for once it may have changed.
 */
final class Parameters {

    static final String SEARCH_PATH = "search_path";
    /** What the server replaces by the role's name. */
    private static final String ROLE_SCHEMA = "$user";

    static final String UTF8 = "UTF8";

    private static final String CLIENT_ENCODING = "client_encoding";
    private static final String CONFORMING = "standard_conforming_strings";

    private final Map<String, String> reported;
    private final Session session;
    /** Whether the server reports its search path by itself. */
    private final boolean reportsSearchPath;
    /** The server's answer to the last question, where it does not report. */
    private @Nullable String askedSearchPath;
    /** How many statements under way may change a setting. */
    private int unsettled;
    /** Whether the end of the transaction may take a setting back. */
    private boolean revertible;
    /** Whether the search path may have changed since the server was last asked. */
    private boolean stale;
    /** Whether the role may have changed since then; at login it need not be the one that logged in. */
    private boolean staleRole;

    private String role;

    /** The temporary tables this session may have made; none is ever taken for gone. */
    private final Set<String> temporaries = new LinkedHashSet<>();

    private @Nullable Scope scope;

    Parameters(Session session, Map<String, String> reported) {
        this.session = session;
        this.reported = new HashMap<>(reported);
        this.reportsSearchPath = reported.containsKey(SEARCH_PATH);
        this.stale = !reportsSearchPath;
        this.role = session.login().username();
        this.staleRole = true; // A role or database may have settings that each of its sessions begins with.
    }

    /** Takes in a ParameterStatus. */
    void report(String name, String value) {
        reported.put(name, value);
        scope = null;
    }

    /** A setting's last known value; empty when it was never reported. */
    String value(String name) {
        return reported.getOrDefault(name, "");
    }

    /** Notes that a statement goes to the server; it may change what later ones mean. */
    void begin(Analysis analysis) {
        if (temporaries.addAll(temporaries(analysis))) {
            scope = null;
        }
        boolean changes = mayChange(analysis);
        if (changes || (revertible && mayRevert(analysis))) {
            revertible |= changes;
            unsettled++;
            stale |= !reportsSearchPath;
            staleRole |= !changes || mayChangeRole(analysis);
            scope = null;
        }
    }

    /**
     * Notes that every statement sent has ended, and the server has reported what changed.
     *
     * @param idle whether no transaction is open that could take it back
     */
    void settle(boolean idle) {
        revertible &= !idle;
        if (unsettled > 0) {
            unsettled = 0;
            scope = null;
        }
    }

    /** Whether the server has to be asked for its search path and role before another statement can be read. */
    boolean mustAsk() {
        return (stale || lacksRole()) && unsettled == 0;
    }

    /** Whether the search path has the role in it, and that is not known. */
    private boolean lacksRole() {
        return staleRole && value(SEARCH_PATH).contains(ROLE_SCHEMA);
    }

    /**
     * Takes in the server's answer.
     *
     * @param user the role whose schema {@code "$user"} is
     */
    void answer(String searchPath, String user) {
        askedSearchPath = searchPath;
        role = user;
        stale = false;
        staleRole = false;
        scope = null;
    }

    /** What text is read under now. */
    Scope scope() {
        Scope known = scope;
        if (known == null) {
            known = new Scope(
                    session.upstream().name(),
                    session.database(),
                    role,
                    searchPath(),
                    new Modes.PostgreSql(value(CONFORMING).equals("on")));
            scope = known;
        }
        return known;
    }

    /** What a text is read under now that was cut into tokens before. */
    Scope scope(Modes modes) {
        Scope now = scope();
        return now.modes().equals(modes)
                ? now
                : new Scope(now.upstream(), now.database(), now.username(), now.searchPath(), modes);
    }

    /**
     * Whether the text can be read as UTF-8: the encoding is, or every byte is ASCII, which all encodings share. While a
     * setting may be changing, a backslash may mean one thing or another.
     */
    boolean isReadable(byte[] sql) {
        if (value(CLIENT_ENCODING).equals(UTF8) && unsettled == 0) {
            return true;
        }
        for (byte b : sql) {
            if (b < 0 || (b == '\\' && unsettled > 0)) {
                return false;
            }
        }
        return true;
    }

    /** What the client's values are written in; empty while that may be changing. */
    String encoding() {
        return unsettled == 0 ? value(CLIENT_ENCODING) : "";
    }

    private Optional<List<String>> searchPath() {
        String path = reportsSearchPath ? reported.get(SEARCH_PATH) : askedSearchPath;
        return unsettled > 0 || stale || lacksRole() || path == null
                ? Optional.empty()
                : names(path).map(names -> Scope.shadowed(names, temporaries));
    }

    private static List<String> temporaries(Analysis analysis) {
        return analysis.match(
                understood -> understood.commands().stream()
                        .flatMap(command -> Scope.temporaries(command).stream())
                        .toList(),
                opaque -> List.of());
    }

    private static boolean mayChange(Analysis analysis) {
        return analysis.match(
                understood -> {
                    for (Command command : understood.commands()) {
                        if (!command.complete()
                                || command.changes().contains(Command.Change.SEARCH_PATH)
                                || command.changes().contains(Command.Change.LEXING)) {
                            return true;
                        }
                    }
                    return false;
                },
                opaque -> true);
    }

    /** Whether it may change the role: anything unknown, and any setting that moves names but the search path itself. */
    private static boolean mayChangeRole(Analysis analysis) {
        return analysis.match(
                understood -> {
                    for (Command command : understood.commands()) {
                        boolean moves = command.changes().contains(Command.Change.SEARCH_PATH);
                        if (!command.complete() || (moves && !setsOnlySearchPath(command))) {
                            return true;
                        }
                    }
                    return false;
                },
                opaque -> true);
    }

    private static boolean setsOnlySearchPath(Command command) {
        boolean only = false;
        for (Effect effect : command.effects()) {
            if (effect instanceof Effect.Sets sets) {
                if (!sets.name().orElse("").equals(SEARCH_PATH)) {
                    return false;
                }
                only = true;
            }
        }
        return only;
    }

    /** Whether it may end a transaction, or a part of one, and take settings back. */
    private static boolean mayRevert(Analysis analysis) {
        return analysis.match(
                understood -> understood.commands().stream()
                        .anyMatch(command -> command.kinds().contains(Kind.COMMIT)
                                || command.kinds().contains(Kind.ROLLBACK)),
                opaque -> true);
    }

    /** Reads a list of names as {@code search_path} shows them: separated by commas, quoted where needed. */
    static Optional<List<String>> names(String list) {
        List<String> names = new ArrayList<>();
        int at = 0;
        while (at < list.length()) {
            char c = list.charAt(at);
            if (c == ' ' || c == ',') {
                at++;
            } else if (c == '"') {
                StringBuilder name = new StringBuilder();
                int end = at + 1;
                while (end < list.length() && (list.charAt(end) != '"' || list.startsWith("\"\"", end))) {
                    name.append(list.charAt(end));
                    end += list.charAt(end) == '"' ? 2 : 1;
                }
                if (end >= list.length()) {
                    return Optional.empty();
                }
                names.add(name.toString());
                at = end + 1;
            } else {
                int comma = list.indexOf(',', at);
                int end = comma < 0 ? list.length() : comma;
                names.add(list.substring(at, end).trim());
                at = end;
            }
        }
        return Optional.of(names);
    }
}
