package dev.gatehouse.analyzer.second;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.analyzer.lexer.Unreadable;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.OracleHint;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.PlainSelect;
import org.junit.jupiter.api.Test;

class NodesTest {

    private static final List<String> PACKAGES = List.of(
            "expression.",
            "expression.operators.relational.",
            "expression.operators.arithmetic.",
            "expression.operators.conditional.",
            "schema.",
            "statement.",
            "statement.select.",
            "statement.insert.",
            "statement.update.",
            "statement.delete.",
            "statement.merge.",
            "statement.upsert.",
            "statement.create.table.",
            "expression.Alias$",
            "expression.Function$");

    @Test
    void everyPropertyOfEveryTranslatedClassHasBeenLookedAt() throws Exception {
        TreeMap<String, String> properties = new TreeMap<>();
        for (String name : Nodes.known().keySet()) {
            properties.put(name, String.join(" ", Nodes.properties(find(name))));
        }
        StringBuilder found = new StringBuilder();
        properties.forEach(
                (name, list) -> found.append(name).append(": ").append(list).append('\n'));
        try (InputStream stream =
                Objects.requireNonNull(NodesTest.class.getResourceAsStream("properties.txt"), "properties.txt")) {
            String seen = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(found.toString())
                    .as("a new property is to be read or refused by nodes.txt, then noted in properties.txt")
                    .isEqualTo(seen);
        }
    }

    @Test
    void thePropertiesThatAreReadExist() {
        Nodes.known().forEach((name, known) -> {
            Set<String> named = new HashSet<>(known.read());
            named.addAll(known.silent());
            assertThat(Nodes.properties(find(name))).as(name).containsAll(named);
        });
    }

    @Test
    void aClassThatIsNotKnownIsRefused() {
        assertThatThrownBy(() -> Nodes.whole(new OracleHint()))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("OracleHint");
    }

    @Test
    void aPropertyThatIsNotReadIsRefusedOnceItIsSet() {
        PlainSelect select = new PlainSelect();
        assertThat(Nodes.whole(select)).isSameAs(select);
        select.setQualify(new LongValue(1));
        assertThatThrownBy(() -> Nodes.whole(select))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("PlainSelect with qualify");
    }

    @Test
    void aFlagThatIsNotReadIsRefusedOnceItIsSet() {
        assertThatThrownBy(() -> Nodes.whole(new Join().withSemi(true)))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("semi");
    }

    private static Class<?> find(String name) {
        ClassLoader loader = NodesTest.class.getClassLoader();
        for (String each : PACKAGES) {
            String path = "net/sf/jsqlparser/" + each.replace('.', '/') + name + ".class";
            if (loader.getResource(path) != null) {
                try {
                    return Class.forName("net.sf.jsqlparser." + each + name);
                } catch (ClassNotFoundException e) {
                    throw new AssertionError(e);
                }
            }
        }
        throw new AssertionError("No class " + name);
    }
}
