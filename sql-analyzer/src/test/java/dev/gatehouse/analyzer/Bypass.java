package dev.gatehouse.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Output;
import dev.gatehouse.firewall.statement.Scope;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A text that is easily taken for another, with what a server truly does with it.
 *
 * @param mode how the session reads text; empty for the server's default
 * @param shown the columns whose values come back
 * @param changed the tables that change
 * @param error the code of the error it ends with
 */
record Bypass(String text, String mode, Set<String> shown, Set<String> changed, Optional<String> error) {

    static Bypass of(String text) {
        return new Bypass(text, "", Set.of(), Set.of(), Optional.empty());
    }

    /** The session reads text otherwise than by default. */
    Bypass in(String other) {
        return new Bypass(text, other, shown, changed, error);
    }

    Bypass shows(String... columns) {
        return new Bypass(text, mode, Set.of(columns), changed, error);
    }

    Bypass changes(String... tables) {
        return new Bypass(text, mode, shown, Set.of(tables), error);
    }

    Bypass fails(String code) {
        return new Bypass(text, mode, shown, changed, Optional.of(code));
    }

    /** Compares what the server did with what is said here, and the analysis with both. */
    void check(Truth truth, CalciteAnalyzer analyzer, Scope scope, String schema) {
        assertThat(Optional.ofNullable(truth.error())).as("the server's error").isEqualTo(error);
        assertThat(truth.shown()).as("what the server showed").isEqualTo(shown);
        assertThat(truth.changed()).as("what the server changed").isEqualTo(changed);
        Analysis analysis = analysis(analyzer, scope);
        if (analysis instanceof Analysis.Understood understood) {
            covers(understood.commands(), truth, schema);
        }
    }

    /** What the analyzer makes of it. */
    Analysis analysis(CalciteAnalyzer analyzer, Scope scope) {
        byte[] sql = text.getBytes(StandardCharsets.UTF_8);
        return analyzer.analyze(sql, scope).toCompletableFuture().join();
    }

    /** Whether the analyzer knows all that it does. */
    boolean isKnown(CalciteAnalyzer analyzer, Scope scope) {
        return analysis(analyzer, scope) instanceof Analysis.Understood understood
                && understood.commands().stream().allMatch(Command::complete);
    }

    private static void covers(List<Command> commands, Truth truth, String schema) {
        boolean unsure = commands.stream().anyMatch(command -> !command.complete());
        Set<Column> missed = new HashSet<>(truth.columns(schema));
        Set<String> unwritten = new HashSet<>(truth.changed());
        for (Command command : commands) {
            missed.removeAll(named(command));
            unwritten.removeAll(written(command));
        }
        assertThat(unsure ? Set.of() : unwritten)
                .as("tables the analyzer did not see change")
                .isEmpty();
        assertThat(unsure ? Set.of() : missed)
                .as("columns the analyzer did not see in %s", commands)
                .isEmpty();
    }

    /** The columns a command names anywhere; all of a table that is read where the text does not tell of the rows. */
    private static Set<Column> named(Command command) {
        Set<Column> named = new HashSet<>();
        command.output()
                .ifPresent(outputs -> outputs.stream().map(Output::origins).forEach(named::addAll));
        for (Effect effect : command.effects()) {
            if (effect instanceof Effect.Reads reads && command.output().isEmpty()) {
                named.addAll(Truth.columnsOf(reads.table()));
            }
            if (effect instanceof Effect.Uses uses && uses.use() != Effect.Use.AGGREGATE) {
                named.add(uses.column());
            }
        }
        return named;
    }

    private static Set<String> written(Command command) {
        return command.effects().stream()
                .filter(Effect.Writes.class::isInstance)
                .map(effect -> ((Effect.Writes) effect).table().name())
                .collect(Collectors.toSet());
    }

    @Override
    public String toString() {
        String shown = text.isEmpty() ? "(nothing)" : text;
        return shown.replaceAll("\\p{Cntrl}", " ") + (mode.isEmpty() ? "" : " in " + mode);
    }
}
