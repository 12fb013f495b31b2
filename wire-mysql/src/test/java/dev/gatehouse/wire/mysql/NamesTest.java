package dev.gatehouse.wire.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.firewall.statement.Naming;
import dev.gatehouse.firewall.statement.Scope;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Names that SQL gives statements: what is found is what was prepared last for certain, however texts are cut into statements. */
final class NamesTest {

    private static final Scope SCOPE =
            new Scope("shop", "shop", "app", Optional.of(List.of("shop")), Modes.MySql.of("11.4.5-MariaDB", "", 0));

    private static Command plain(Kind kind) {
        return new Command(
                kind, Set.of(kind), List.of(), Command.Where.NOT_APPLICABLE, true, Optional.empty(), true, 1, Set.of());
    }

    private static Command prepare(String name) {
        return plain(Kind.PREPARE).naming(new Naming.Prepares(name, plain(Kind.SELECT)));
    }

    private static Command deallocate(String name) {
        return plain(Kind.DEALLOCATE).naming(new Naming.Deallocates(Optional.of(name)));
    }

    private static Prepared text(String sql) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        return new Prepared(bytes, bytes, bytes, SCOPE);
    }

    @Provide
    Arbitrary<List<Command>> scripts() {
        Arbitrary<Command> one = Arbitraries.of(
                prepare("a"),
                prepare("B"),
                prepare("b"),
                deallocate("A"),
                deallocate("b"),
                plain(Kind.SELECT),
                plain(Kind.CALL),
                plain(Kind.INSERT));
        return one.list().ofMaxSize(12);
    }

    /** One text of many statements or many texts of one: what a name stands for is the same, and so is what it stands for not. */
    @Property
    void namesAreTheSameWhereverATextIsCut(@ForAll("scripts") List<Command> script) {
        Names whole = new Names();
        whole.ran(text("whole"), script, script.size());
        List<String> expected = known(whole);
        for (int cut = 0; cut <= script.size(); cut++) {
            Names parts = new Names();
            parts.ran(text("first"), script.subList(0, cut), cut);
            parts.ran(text("second"), script.subList(cut, script.size()), script.size() - cut);
            if (cut > 0 && cut < script.size()) {
                assertThat(known(parts)).as("cut at " + cut).isEqualTo(expected);
            }
        }
    }

    private static List<String> known(Names names) {
        List<String> known = new ArrayList<>();
        for (String name : List.of("a", "b")) {
            if (names.find(name) != null) {
                known.add(name);
            }
        }
        return known;
    }

    /** Of a text that failed, names before the failure are known, and those behind it are nobody's. */
    @Property
    void whatMayNotHaveRunNamesNothing(@ForAll("scripts") List<Command> script) {
        for (int completed = 0; completed <= script.size(); completed++) {
            Names names = new Names();
            names.ran(text("text"), script, completed);
            for (String name : List.of("a", "b")) {
                Names.Named found = names.find(name);
                if (found != null) {
                    assertThat(found.command()).isLessThan(completed);
                    Naming naming = script.get(found.command()).naming().orElseThrow();
                    assertThat(Names.key(((Naming.Prepares) naming).name())).isEqualTo(name);
                }
            }
        }
    }

    @Test
    void aNameLosesItsMeaningWhereItMayHaveGotAnother() {
        Names names = new Names();
        names.ran(text("first"), List.of(prepare("a")), 1);
        assertThat(Objects.requireNonNull(names.find("A")).command()).isZero();
        names.ran(text("second"), List.of(prepare("a")), 0);
        assertThat(names.find("a")).isNull();
    }

    @Test
    void whatIsNotUnderstoodMakesEveryNameUncertain() {
        Names names = new Names();
        names.ran(text("first"), List.of(prepare("a"), prepare("b")), 2);
        names.ran(null, List.of(), 0);
        assertThat(known(names)).isEmpty();
    }
}
