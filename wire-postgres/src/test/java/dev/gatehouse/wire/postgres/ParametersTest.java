package dev.gatehouse.wire.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Effect.Definition;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a session knows of how its next text is read. */
final class ParametersTest {

    private static final Map<String, String> REPORTED =
            Map.of("search_path", "\"$user\", public", "standard_conforming_strings", "on");

    private static Analysis making(Effect... effects) {
        return new Analysis.Understood(List.of(new Command(
                Kind.CREATE,
                Set.of(Kind.CREATE),
                List.of(effects),
                Command.Where.NOT_APPLICABLE,
                true,
                Optional.of(List.of()),
                true,
                1,
                Set.of(Command.Change.CATALOG))));
    }

    @Test
    void aTemporaryTableHidesItsNameForTheRestOfTheSession() {
        Parameters parameters = new Parameters(Stage.SESSION, REPORTED);
        assertThat(parameters.mustAsk()).as("whose schema \"$user\" is").isTrue();
        parameters.answer("\"$user\", public", "app");
        assertThat(parameters.scope().mayBeTemporary("users")).isFalse();
        parameters.begin(making(new Effect.Defines(Definition.CREATED, Scope.TEMPORARY_RELATION, "users", 1)));
        parameters.settle(true);
        assertThat(parameters.scope().mayBeTemporary("users")).isTrue();
        assertThat(parameters.scope().mayBeTemporary("orders")).isFalse();
        assertThat(parameters.scope().searchPath().orElseThrow()).startsWith("$user", "public");
    }

    @Test
    void anyOtherTableHidesNothing() {
        Parameters parameters = new Parameters(Stage.SESSION, REPORTED);
        assertThat(parameters.mustAsk()).as("whose schema \"$user\" is").isTrue();
        parameters.answer("\"$user\", public", "app");
        parameters.begin(making(new Effect.Defines(Definition.CREATED, "table", "users", 1)));
        parameters.settle(true);
        assertThat(parameters.scope().hasTemporaries()).isFalse();
    }
}
