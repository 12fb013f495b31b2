package dev.gatehouse.bench.corpora;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the figures count. */
final class CorporaMainTest {

    private static final String UNDERSTOOD =
            "{\"statements\":[{\"understood\":true,\"layer\":\"calcite\",\"kind\":\"%s\","
                    + "\"class\":\"%s\",\"tables\":[{\"schema\":null,\"table\":\"t\",\"access\":[\"read\"]}],\"opaque\":null}],"
                    + "\"error\":null}\n";
    private static final String OPAQUE = "{\"statements\":[{\"understood\":false,\"layer\":null,\"kind\":\"unknown\","
            + "\"class\":null,\"tables\":[],\"opaque\":\"unexpected \\\"x\\\", at character 7\"}],\"error\":null}\n";

    private final Path folder;

    CorporaMainTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void whatIsUnderstoodIsCountedByKindAndOnlyOfWhatIsValid() throws IOException {
        String printed = measure(
                sample("select 1", true, "SELECT")
                        + sample("select x", true, "SELECT")
                        + sample("select select", false, "SELECT")
                        + sample("vacuum t", true, "UTILITY"),
                UNDERSTOOD.formatted("select", "read")
                        + OPAQUE
                        + UNDERSTOOD.formatted("select", "read")
                        + UNDERSTOOD.formatted("create", "ddl"));
        assertThat(printed)
                .containsPattern("SELECT +2 +50.00 % +50.00 % +50.00 % +0.00 % +1 of 1")
                .containsPattern("UTILITY +1 +100.00 % +0.00 %")
                .containsPattern("1 +SELECT +unexpected \"…\"\n")
                .containsPattern("1 +UTILITY +UTILITY +is called create/ddl");
    }

    @Test
    void aMissingAnswerIsNotCountedButFails() throws IOException {
        Path lines = Files.writeString(folder.resolve("c.jsonl"), sample("select 1", true, "SELECT"));
        StringWriter err = new StringWriter();
        assertThat(new CommandLine(new CorporaMain())
                        .setErr(new PrintWriter(err))
                        .execute("--analyzer", "true", lines.toString()))
                .isNotZero();
    }

    private String measure(String lines, String answers) throws IOException {
        Files.writeString(folder.resolve("c.jsonl"), lines);
        Path canned = Files.writeString(folder.resolve("answers"), answers);
        StringWriter out = new StringWriter();
        int status = new CommandLine(new CorporaMain())
                .setOut(new PrintWriter(out))
                .execute("--analyzer", "cat '" + canned + "'", folder.toString());
        assertThat(status).isZero();
        return out.toString();
    }

    private static String sample(String sql, boolean valid, String kind) {
        return "{\"dialect\":\"mysql\",\"sql\":\"" + sql + "\",\"valid\":" + valid + ",\"kind\":\"" + kind + "\"}\n";
    }
}
