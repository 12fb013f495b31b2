package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Analysis.Opaque;
import dev.gatehouse.firewall.statement.Analysis.Understood;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Naming;
import dev.gatehouse.firewall.statement.Output;
import dev.gatehouse.wire.postgres.Meanings.Sight;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says what a text means in which names of the session stand for more: an EXECUTE is the statement that was prepared, and a
 * FETCH shows what its cursor's query does.
 */
final class Resolution {

    /**
     * What a text means, with what the names in it stand for.
     *
     * @param text what it means by itself
     * @param analysis the same with the names resolved, behind what the session has under way
     * @param hasNames whether there are any, so that it has to be resolved again whenever it runs
     * @param executed the prepared statements it executes
     */
    record Resolved(Analysis text, Analysis analysis, boolean hasNames, List<Prepared> executed) {

        /** A text without such names. */
        static Resolved plain(Analysis text) {
            return new Resolved(text, text, false, List.of());
        }

        private Resolved behind(OwnChanges changes) {
            return new Resolved(text, changes.behind(analysis), hasNames, executed);
        }

        /** The text, for people: with the statements it executes behind it. */
        byte[] shown(byte[] sql) {
            if (executed.isEmpty()) {
                return sql;
            }
            ByteArrayOutputStream shown = new ByteArrayOutputStream();
            shown.writeBytes(sql);
            for (Prepared prepared : executed) {
                shown.writeBytes(("\n-- prepared as " + prepared.name + ":\n").getBytes(StandardCharsets.UTF_8));
                shown.writeBytes(prepared.sql);
            }
            return shown.toByteArray();
        }
    }

    /** What the meaning of a prepared statement's text is asked of. */
    interface Reader {

        /** What it means now; null where that is not known yet. */
        @Nullable
        Analysis meaning(Prepared prepared);
    }

    private final Names names;
    private final OwnChanges changes;
    /** Whether it matters that unknown code may give names other meanings. */
    private final boolean masked;

    private final Reader reader;

    Resolution(Names names, OwnChanges changes, boolean masked, Reader reader) {
        this.names = names;
        this.changes = changes;
        this.masked = masked;
        this.reader = reader;
    }

    /** Resolves the names in a text; null where one of them is not certain yet. */
    @Nullable
    Resolved of(Analysis text) {
        return of(text, null);
    }

    /** The same for the text of a portal that is about to run; null for one that does not run yet, or runs in none. */
    @Nullable
    Resolved of(Analysis text, @Nullable Portal running) {
        Resolved resolved = hasNames(text) ? new Walk(running).resolve((Understood) text) : Resolved.plain(text);
        return resolved == null ? null : resolved.behind(changes);
    }

    private boolean hasNames(Analysis text) {
        if (!(text instanceof Understood understood)) {
            return false;
        }
        List<Command> commands = understood.commands();
        for (int i = 0; i < commands.size(); i++) {
            Naming naming = commands.get(i).naming().orElse(null);
            if (naming instanceof Naming.Executes
                    || naming instanceof Naming.Fetches
                    || (masked && naming instanceof Naming.Declares)) {
                return true;
            }
        }
        return false;
    }

    /** One walk over the commands of a text, in the order they run. */
    private final class Walk {

        /** What the commands so far have made of names; empty where they stand for nothing any more. */
        private final Map<String, Optional<Command>> statements = new HashMap<>();

        private final Map<String, Optional<Command>> cursors = new HashMap<>();
        private boolean forgotStatements;
        private boolean forgotCursors;
        private final List<Prepared> executed = new ArrayList<>();
        private @Nullable Opaque opaque;
        private boolean waits;
        /** The portal that runs the text; null where it does not run yet, or in none. */
        private final @Nullable Portal running;

        private Walk(@Nullable Portal running) {
            this.running = running;
        }

        @Nullable
        Resolved resolve(Understood text) {
            List<Command> commands = new ArrayList<>(text.commands().size());
            for (Command command : text.commands()) {
                Command resolved = resolve(command);
                commands.add(resolved);
                if (masked && !resolved.complete()) {
                    forgotStatements |= forgotten(statements, Optional.empty());
                    forgotCursors |= forgotten(cursors, Optional.empty());
                }
            }
            if (waits) {
                return null;
            }
            return new Resolved(text, opaque != null ? opaque : new Understood(commands), true, executed);
        }

        private Command resolve(Command command) {
            Naming naming = command.naming().orElse(null);
            if (naming instanceof Naming.Executes executes) {
                Command inner = statement(executes.name());
                return inner == null ? command : executing(command, inner, executes.known());
            }
            if (naming instanceof Naming.Fetches fetches) {
                Command query = cursor(fetches.name());
                if (query == null && masked) {
                    return fetching(command, command.output(), false, Set.of());
                }
                return query == null ? command : fetching(command, query.output(), query.complete(), query.changes());
            }
            if (naming instanceof Naming.Prepares prepares) {
                statements.put(prepares.name(), Optional.of(prepares.statement()));
            } else if (naming instanceof Naming.Declares declares) {
                cursors.put(declares.name(), Optional.of(declares.query()));
                if (masked && declares.held() && !declares.query().complete()) {
                    opaque = new Opaque(
                            "unknown code in a cursor that is held, which runs when its transaction ends", 0);
                }
            } else if (naming instanceof Naming.Deallocates ends) {
                forgotStatements |= forgotten(statements, ends.name());
            } else if (naming instanceof Naming.Closes ends) {
                forgotCursors |= forgotten(cursors, ends.name());
            } else if (naming instanceof Naming.Discards) {
                forgotStatements |= forgotten(statements, Optional.empty());
                forgotCursors |= forgotten(cursors, Optional.empty());
            }
            return command;
        }

        /** Answers whether nothing is left of what was there before the text. */
        private static boolean forgotten(Map<String, Optional<Command>> meanings, Optional<String> name) {
            name.ifPresentOrElse(one -> meanings.put(one, Optional.empty()), meanings::clear);
            return name.isEmpty();
        }

        private @Nullable Command statement(String name) {
            Optional<Command> here = statements.get(name);
            if (here != null || forgotStatements) {
                return here == null ? null : here.orElse(null);
            }
            Sight<Prepared> sight = names.statement(name);
            Prepared prepared = sight.meaning();
            if (!sight.certain()) {
                waits = true;
                return null;
            }
            if (prepared == null || prepared.doubts != names.doubts()) {
                return null;
            }
            Analysis meaning = reader.meaning(prepared);
            if (meaning == null) {
                waits = true;
                return null;
            }
            executed.add(prepared);
            if (meaning instanceof Opaque lost) {
                opaque = new Opaque(lost.reason(), 0);
                return null;
            }
            List<Command> commands = ((Understood) meaning).commands();
            Command only = commands.size() == 1 ? commands.get(0) : null;
            if (only != null && only.naming().isPresent()) {
                opaque = new Opaque("a prepared statement that itself uses names of the session", 0);
            }
            return only;
        }

        private @Nullable Command cursor(String name) {
            Optional<Command> here = cursors.get(name);
            if (here != null || forgotCursors) {
                return here == null ? null : here.orElse(null);
            }
            Sight<Portal> sight = names.portal(name);
            if (!sight.certain()) {
                waits = true;
                return null;
            }
            Portal portal = sight.meaning();
            if (portal == null) {
                return null;
            }
            if (portal != running && portal.resolved().hasNames()) {
                opaque = new Opaque("a cursor that itself uses names of the session", 0);
            }
            List<Command> commands = portal.commands();
            return commands.size() == 1 ? commands.get(0) : null;
        }
    }

    private static Command executing(Command command, Command inner, boolean known) {
        boolean itself = command.verb() == Kind.EXECUTE;
        Set<Kind> kinds = EnumSet.copyOf(inner.kinds());
        Set<Command.Change> changes = new HashSet<>(command.changes());
        changes.addAll(inner.changes());
        List<Effect> effects = new ArrayList<>();
        command.effects().stream()
                .filter(effect -> !(effect instanceof Effect.Runs))
                .forEach(effects::add);
        inner.effects().forEach(effect -> effects.add(itself ? effect : carried(effect)));
        if (!itself) {
            command.kinds().stream().filter(kind -> kind != Kind.EXECUTE).forEach(kinds::add);
        }
        return new Command(
                itself ? inner.verb() : command.verb(),
                kinds,
                effects,
                inner.where(),
                inner.limited(),
                itself ? inner.output() : command.output(),
                known && inner.complete(),
                command.position(),
                changes,
                command.naming());
    }

    /** What the result of a statement becomes inside another one, which keeps or shows it in its own way. */
    private static Effect carried(Effect effect) {
        return effect instanceof Effect.Uses uses && uses.use() == Effect.Use.RESULT
                ? new Effect.Uses(uses.column(), Effect.Use.CARRIED, uses.position())
                : effect;
    }

    /** What reading from a cursor is: its query's code runs then, and not before. */
    private static Command fetching(
            Command command, Optional<List<Output>> rows, boolean known, Set<Command.Change> made) {
        Set<Command.Change> changes = new HashSet<>(command.changes());
        changes.addAll(made);
        return new Command(
                command.verb(),
                command.kinds(),
                command.effects(),
                command.where(),
                command.limited(),
                command.output().isPresent() ? command.output() : rows,
                command.complete() && known,
                command.position(),
                changes,
                command.naming());
    }
}
