package dev.gatehouse.wire.mysql;

import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Analysis.Opaque;
import dev.gatehouse.firewall.statement.Analysis.Understood;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Naming;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says what a text means that executes what {@code PREPARE} has given a name: it is the statement that was prepared. */
final class Resolution {

    /**
     * What a text means.
     *
     * @param analysis with the names in it resolved
     * @param executed the texts whose PREPARE it executes, by name
     */
    record Resolved(Analysis analysis, Map<String, Prepared> executed) {

        /** The text, for people: with the statements it executes behind it. */
        byte[] shown(byte[] sql) {
            if (executed.isEmpty()) {
                return sql;
            }
            ByteArrayOutputStream shown = new ByteArrayOutputStream();
            shown.writeBytes(sql);
            executed.forEach((name, prepared) -> {
                shown.writeBytes(("\n-- prepared as " + name + ":\n").getBytes(StandardCharsets.UTF_8));
                shown.writeBytes(prepared.shown);
            });
            return shown.toByteArray();
        }
    }

    /** What the meaning of a PREPARE's text is asked of. */
    interface Reader {

        /** What it means now; null where that is not known yet. */
        @Nullable
        Analysis meaning(Prepared text);
    }

    private static final Opaque UNKNOWN =
            new Opaque("what was prepared by this name is not known; its text must be a literal", 0);

    private final Names names;
    private final Reader reader;
    /** What the commands so far have made of names; empty where they stand for nothing that is known. */
    private final Map<String, Optional<Command>> made = new HashMap<>();

    private final Map<String, Prepared> executed = new HashMap<>();
    /** Whether nothing counts that was known before the text. */
    private boolean forgotten;

    private boolean waits;

    private Resolution(Names names, Reader reader) {
        this.names = names;
        this.reader = reader;
    }

    /** Whether a text's meaning depends on names. */
    static boolean executes(Analysis text) {
        return text instanceof Understood understood
                && understood.commands().stream().anyMatch(command -> command.naming()
                        .filter(Naming.Executes.class::isInstance)
                        .isPresent());
    }

    /** Resolves the names in a text; null where one of them is not known yet. */
    static @Nullable Resolved of(Analysis text, Names names, Reader reader) {
        return executes(text) ? new Resolution(names, reader).resolve((Understood) text) : new Resolved(text, Map.of());
    }

    private @Nullable Resolved resolve(Understood text) {
        List<Command> commands = new ArrayList<>(text.commands().size());
        for (Command command : text.commands()) {
            Command resolved = resolve(command);
            if (waits) {
                return null;
            }
            if (resolved == null) {
                return new Resolved(UNKNOWN, executed);
            }
            commands.add(resolved);
        }
        return new Resolved(new Understood(commands), executed);
    }

    private @Nullable Command resolve(Command command) {
        Naming naming = command.naming().orElse(null);
        if (naming instanceof Naming.Executes executes) {
            Command inner = command.verb() == Kind.EXECUTE ? meaning(executes.name()) : null;
            Command resolved = inner == null ? null : executing(command, inner, executes.known());
            forget(resolved);
            return resolved;
        }
        if (naming instanceof Naming.Prepares prepares && Names.isCertain(prepares.name())) {
            made.put(Names.key(prepares.name()), Optional.of(prepares.statement()));
        } else if (naming instanceof Naming.Deallocates ends
                && ends.name().filter(Names::isCertain).isPresent()) {
            made.put(Names.key(ends.name().get()), Optional.empty());
        } else {
            forget(command);
        }
        return command;
    }

    private void forget(@Nullable Command command) {
        if (command == null || Names.mayName(command)) {
            made.clear();
            forgotten = true;
        }
    }

    private @Nullable Command meaning(String name) {
        Optional<Command> here = made.get(Names.key(name));
        if (here != null || forgotten || !Names.isCertain(name)) {
            return here == null ? null : here.orElse(null);
        }
        Names.Named named = names.find(name);
        if (named == null) {
            return null;
        }
        Analysis meaning = reader.meaning(named.text());
        if (meaning == null) {
            waits = true;
            return null;
        }
        executed.put(name, named.text());
        List<Command> commands = meaning.match(Understood::commands, opaque -> List.of());
        return named.command() < commands.size() ? prepared(commands.get(named.command())) : null;
    }

    private static @Nullable Command prepared(Command command) {
        return command.naming()
                .filter(Naming.Prepares.class::isInstance)
                .map(naming -> ((Naming.Prepares) naming).statement())
                .orElse(null);
    }

    private static Command executing(Command command, Command inner, boolean known) {
        Set<Command.Change> changes = new HashSet<>(command.changes());
        changes.addAll(inner.changes());
        List<Effect> effects = new ArrayList<>();
        command.effects().stream()
                .filter(effect -> !(effect instanceof Effect.Runs runs) || runs.code() != Effect.Code.PREPARED)
                .forEach(effects::add);
        effects.addAll(inner.effects());
        return new Command(
                inner.verb(),
                inner.kinds(),
                effects,
                inner.where(),
                inner.limited(),
                inner.output(),
                known && inner.complete(),
                command.position(),
                changes,
                command.naming());
    }
}
