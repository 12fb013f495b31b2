package dev.gatehouse.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.StatementClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example people copy from docs/policy.md is loaded, and its tables name every code. */
class DocumentedExampleTest {

    private static final Pattern EXAMPLE = Pattern.compile("`([a-z./]+\\.yaml)`:\n\n```yaml\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    private static String document() throws IOException {
        return Files.readString(Path.of("..", "docs", "policy.md"));
    }

    @Test
    void theDocumentedExampleLoadsWithoutAWord() throws IOException {
        List<MatchResult> examples = EXAMPLE.matcher(document()).results().toList();
        assertThat(examples).hasSize(2);
        for (MatchResult example : examples) {
            Path file = folder.resolve(example.group(1));
            Files.createDirectories(file.getParent());
            Files.writeString(file, example.group(2));
        }
        Map<String, String> environment = Map.of(
                "SHOP_RO",
                "a",
                "SHOP_RW",
                "b",
                "TOK",
                "c",
                "MAYA_HASH",
                Fixture.HASH,
                "ERIK_HASH",
                Fixture.HASH,
                "LENA_HASH",
                Fixture.HASH);

        Loaded loaded = Loaded.load(folder.resolve("gatehouse.yaml"), true, environment);

        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.configuration().orElseThrow().policy().book().rules()).hasSize(7);
    }

    @Test
    void everyCodeIsDocumented() throws IOException {
        String document = document();
        for (Code code : Code.values()) {
            assertThat(document).contains("`" + code.text() + "`");
        }
    }

    @Test
    void everyWordOfTheFormatForCommandsIsRead() {
        assertThat(Words.of(Kind.class)).hasSameSizeAs(Kind.values()).containsKeys("copy_in", "load_data_local");
        assertThat(Words.of(StatementClass.class)).containsKeys("read", "ddl", "unknown");
    }
}
