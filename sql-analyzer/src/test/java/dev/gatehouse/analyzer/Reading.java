package dev.gatehouse.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Command.Change;
import dev.gatehouse.firewall.statement.Command.Where;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Effect.Use;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.firewall.statement.Output;
import dev.gatehouse.firewall.statement.Scope;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** States in one line what a statement must be understood to mean. */
final class Reading {

    private static final Snapshot SHOP = Shop.snapshot();

    private final CommandReader.Reading reading;

    private Reading(CommandReader.Reading reading) {
        this.reading = reading;
    }

    static Reading sql(String sql) {
        return sql(sql, true);
    }

    static Reading sql(String sql, boolean standardConformingStrings) {
        return new Reading(
                CommandReader.read(sql.getBytes(StandardCharsets.UTF_8), SHOP, scope(standardConformingStrings)));
    }

    static Scope scope(boolean standardConformingStrings) {
        return new Scope(
                "shop",
                "shop",
                "app",
                Optional.of(List.of("$user", "public")),
                new Modes.PostgreSql(standardConformingStrings));
    }

    CommandReader.Reading raw() {
        return reading;
    }

    List<Command> commands() {
        return reading.analysis().match(Analysis.Understood::commands, opaque -> {
            throw new AssertionError("not understood: " + opaque);
        });
    }

    Command command() {
        assertThat(commands()).hasSize(1);
        return commands().get(0);
    }

    /** One column comes out, from these base columns and no others, and everything is accounted for. */
    Reading readsOnly(String... columns) {
        return outputs(String.join(" ", columns)).complete();
    }

    /** These columns come out; for each one its base columns, separated by spaces, and a {@code ?} when there may be more. */
    Reading outputs(String... columns) {
        List<Output> outputs = command().output().orElseThrow();
        assertThat(outputs.stream().map(Reading::describe).toList())
                .containsExactlyElementsOf(
                        List.of(columns).stream().map(Reading::sorted).toList());
        return this;
    }

    private static String describe(Output output) {
        String origins = output.origins().stream().map(Reading::shorten).collect(Collectors.joining(" "));
        return sorted(output.accounted() ? origins : origins + " ?");
    }

    private static String sorted(String words) {
        return String.join(" ", new TreeSet<>(List.of(words.trim().split(" ", -1))));
    }

    private static String shorten(Object name) {
        return name.toString().replaceFirst("^public\\.", "");
    }

    Reading rowsUntold() {
        assertThat(command().output()).isEmpty();
        return this;
    }

    Reading complete() {
        assertThat(command().complete()).isTrue();
        return this;
    }

    Reading incomplete() {
        assertThat(command().complete()).isFalse();
        return this;
    }

    Reading reads(String... tables) {
        assertThat(tables(Effect.Reads.class)).containsExactlyInAnyOrder(tables);
        return this;
    }

    Reading writes(String... tables) {
        assertThat(tables(Effect.Writes.class)).containsExactlyInAnyOrder(tables);
        return this;
    }

    /** These tables are locked as a whole. */
    Reading locks(String... tables) {
        Set<String> locked = command().effects().stream()
                .filter(e -> e instanceof Effect.Locks locks && !locks.rows())
                .map(e -> shorten(((Effect.Locks) e).table()))
                .collect(Collectors.toSet());
        assertThat(locked).containsExactlyInAnyOrder(tables);
        return this;
    }

    private Set<String> tables(Class<? extends Effect> sort) {
        return command().effects().stream()
                .filter(sort::isInstance)
                .map(e -> e instanceof Effect.Reads r ? r.table() : ((Effect.Writes) e).table())
                .map(Reading::shorten)
                .collect(Collectors.toSet());
    }

    Reading uses(Use use, String... columns) {
        Set<String> found = command().effects().stream()
                .filter(e -> e instanceof Effect.Uses uses && uses.use() == use)
                .map(e -> shorten(((Effect.Uses) e).column()))
                .collect(Collectors.toSet());
        assertThat(found).containsExactlyInAnyOrder(columns);
        return this;
    }

    /** The columns by whose values it may fail. */
    Reading tests(String... columns) {
        Set<String> found = command().effects().stream()
                .filter(Effect.Tests.class::isInstance)
                .map(e -> shorten(((Effect.Tests) e).column()))
                .collect(Collectors.toSet());
        assertThat(found).containsExactlyInAnyOrder(columns);
        return this;
    }

    Reading calls(String... functions) {
        Set<String> found = command().effects().stream()
                .filter(Effect.Calls.class::isInstance)
                .map(e -> ((Effect.Calls) e).name())
                .collect(Collectors.toSet());
        assertThat(found).containsExactlyInAnyOrder(functions);
        return this;
    }

    Reading is(Kind... kinds) {
        assertThat(command().kinds()).containsExactlyInAnyOrder(kinds);
        return this;
    }

    Reading where(Where where) {
        assertThat(command().where()).isEqualTo(where);
        return this;
    }

    Reading changes(Change... changes) {
        assertThat(command().changes()).containsExactlyInAnyOrder(changes);
        return this;
    }

    Reading limited(boolean limited) {
        assertThat(command().limited()).isEqualTo(limited);
        return this;
    }

    Reading blind(boolean blind) {
        assertThat(reading.blind()).isEqualTo(blind);
        return this;
    }

    /** It is not understood, from this place on. */
    void opaqueAt(int position) {
        assertThat(reading.analysis()).isInstanceOf(Analysis.Opaque.class);
        assertThat(((Analysis.Opaque) reading.analysis()).position()).isEqualTo(position);
    }

    void opaque() {
        assertThat(reading.analysis()).isInstanceOf(Analysis.Opaque.class);
    }
}
