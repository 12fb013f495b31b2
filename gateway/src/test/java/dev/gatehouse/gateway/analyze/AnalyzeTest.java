package dev.gatehouse.gateway.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What programs that drive the command rely on: every line answered, in order, in the words of the contract. */
final class AnalyzeTest {

    @Test
    void anAnswerHasEveryFieldInItsPlace() {
        assertThat(answers("{\"sql\":\"update crm.Users set Email = lower('X')\"}"))
                .containsExactly("{\"statements\":[{\"understood\":true,\"layer\":\"calcite\",\"kind\":\"update\","
                        + "\"class\":\"write\",\"tables\":[{\"schema\":\"crm\",\"table\":\"users\",\"access\":[\"write\"]}],"
                        + "\"columns\":[{\"table\":\"crm.users\",\"column\":\"email\",\"use\":[\"written\"]}],"
                        + "\"functions\":[\"lower\"],\"where\":\"missing\",\"lineage\":null,\"opaque\":null}],"
                        + "\"error\":null}");
    }

    @Test
    void eachStatementOfATextHasAnEntryWhateverBecomesOfTheOthers() {
        assertThat(answers("{\"sql\":\"delete from a; frobnicate; update b set c = 1 where true\"}")
                        .get(0))
                .containsSubsequence(
                        "\"kind\":\"delete\"",
                        "\"where\":\"missing\"",
                        "\"understood\":false,\"layer\":null,\"kind\":\"unknown\",\"class\":null,\"tables\":[]",
                        "\"opaque\":\"a command that begins with FROBNICATE, at character 16\"",
                        "\"kind\":\"update\"",
                        "\"where\":\"always_true\"");
    }

    @Test
    void everyLineThatAsksNothingIsAnsweredByAnError() {
        List<String> lines = List.of(
                "",
                "junk",
                "[]",
                "\"select 1\"",
                "{}",
                "{\"sql\":null}",
                "{\"sql\":1}",
                "{\"sql\":\"select 1\"",
                "{\"sql\":\"select 1\"} {}",
                "{\"sql\":\"select 1\",\"dialect\":\"oracle\"}",
                "{\"sql\":\"\"}",
                "{\"sql\":\" ; -- nothing\\n/* here */\"}",
                "{\"sql\":\"select \\u0000\"}",
                "{\"sql\":\"select 'x\"}",
                "{\"sql\":\"select /* x\"}",
                "{\"sql\":\"select \\ud800\"}",
                "{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + ",\"sql\":\"select 1\"}",
                "select 1;");
        assertThat(answers(String.join("\n", lines))).hasSize(lines.size()).allSatisfy(answer -> assertThat(answer)
                .matches("\\{\"statements\":\\[],\"error\":\"[^\"].*\"}"));
    }

    @Test
    void otherKeysAreIgnoredAndTheLastSqlCounts() {
        assertThat(answers("{\"a\":{\"sql\":\"drop table x\"},\"sql\":\"begin\",\"b\":[1]}")
                        .get(0))
                .contains("\"kind\":\"begin\"", "\"class\":\"transaction\"");
    }

    @Test
    void aByteOrderMarkAndCarriageReturnsAreNoPartOfTheLines() {
        assertThat(answers("\ufeff{\"sql\":\"begin\"}\r\n{\"sql\":\"commit\"}\r\n"))
                .satisfiesExactly(
                        first -> assertThat(first).contains("\"kind\":\"begin\""),
                        second -> assertThat(second).contains("\"kind\":\"commit\""));
    }

    @Test
    void bytesThatAreNotUtf8AreAnError() {
        byte[] line = "{\"sql\":\"select '\u00e9'\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(run(line)).startsWith("{\"statements\":[],\"error\":\"the line is not");
    }

    @Test
    void aStatementThatIsTooLongIsNotUnderstoodAndALineThatIsTooLongIsAnError() {
        String statement = "{\"sql\":\"select '" + "x".repeat(5 << 20) + "'\"}";
        String line = "{\"sql\":\"select 1\",\"pad\":\"" + "x".repeat(Lines.MAX_BYTES) + "\"}";
        assertThat(answers(statement + "\n" + line + "\n{\"sql\":\"begin\"}"))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .contains("\"opaque\":\"the text is longer than 4 MiB\"", "\"error\":null"),
                        second -> assertThat(second).contains("\"error\":\"the line is longer than 16 MiB\""),
                        third -> assertThat(third).contains("\"kind\":\"begin\""));
    }

    @Test
    void answersComeInTheOrderOfTheLines() {
        String lines = IntStream.range(0, 2_000)
                .mapToObj(i -> "{\"sql\":\"select " + "1+".repeat(i % 7 * 20) + "1 from t" + i + "\"}\n")
                .reduce("", String::concat);
        List<String> answers = answers(lines);
        assertThat(answers).hasSize(2_000);
        assertThat(IntStream.range(0, 2_000))
                .allSatisfy(i -> assertThat(answers.get(i)).contains("\"table\":\"t" + i + "\""));
    }

    @Test
    void theClassSaysWhatAStatementIsForAndAQueryThatWritesIsAWrite() {
        assertThat(classOf("table t")).isEqualTo("read");
        assertThat(classOf("with d as (delete from t returning *) select * from d"))
                .isEqualTo("write");
        assertThat(classOf("select * into u from t")).isEqualTo("write");
        assertThat(classOf("create table u as select * from t")).isEqualTo("ddl");
        assertThat(classOf("grant select on t to u")).isEqualTo("dcl");
        assertThat(classOf("lock table t")).isEqualTo("transaction");
        assertThat(classOf("show all")).isEqualTo("session");
        assertThat(classOf("explain delete from t")).isEqualTo("utility");
        assertThat(classOf("copy t from stdin")).isEqualTo("utility");
        assertThat(classOf("vacuum t")).isEqualTo("utility");
        assertThat(classOf("do $$begin end$$")).isEqualTo("code");
        assertThat(classOf("call p()")).isEqualTo("code");
        assertThat(classOf("execute p")).isEqualTo("code");
        assertThat(classOf("explain analyze execute p")).isEqualTo("code");
        assertThat(classOf("create table u as execute p")).isEqualTo("code");
        assertThat(classOf("set local statement_timeout = 1")).isEqualTo("session");
    }

    @Test
    void lineageIsToldWithoutACatalogWhereItIsWanted() {
        assertThat(answers("{\"sql\":\"select 1 as one\"}", "--lineage").get(0))
                .contains("\"lineage\":[{\"name\":\"one\",\"from\":[],\"unknown\":false}]");
        assertThat(answers("{\"sql\":\"select * from t\"}", "--lineage").get(0))
                .contains("\"lineage\":[{\"name\":null,\"from\":[],\"unknown\":true}]");
    }

    @Test
    void aCatalogInAFileTellsColumnsAndLineage(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("catalog.json"),
                "{\"relations\":[{\"schema\":\"public\",\"name\":\"users\",\"columns\":[\"id\",\"email\"]},"
                        + "{\"schema\":\"crm\",\"name\":\"notes\",\"columns\":[\"text\"]}]}");
        String lines = "{\"sql\":\"select * from users\"}\n{\"sql\":\"select text from notes\"}";
        assertThat(answers(lines, "--catalog", file.toString()).get(0))
                .contains("{\"name\":\"id\",\"from\":[\"users.id\"],\"unknown\":false},"
                        + "{\"name\":\"email\",\"from\":[\"users.email\"],\"unknown\":false}");
        assertThat(answers(lines, "--catalog", file.toString(), "--schema", "crm,public")
                        .get(1))
                .contains("\"from\":[\"notes.text\"]");
        String shadowed = "{\"sql\":\"create temp table users (a int); select * from users\"}";
        assertThat(answers(shadowed, "--catalog", file.toString()).get(0))
                .contains("\"unknown\":true")
                .doesNotContain("users.email");
    }

    @Test
    void eachUseOfAColumnHasItsWord(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("catalog.json"),
                "{\"relations\":[{\"schema\":\"public\",\"name\":\"a\",\"columns\":[\"i\",\"g\",\"n\",\"p\",\"o\"]},"
                        + "{\"schema\":\"public\",\"name\":\"b\",\"columns\":[\"i\",\"x\"]}]}");
        String sql = "insert into b (x) select sum(n) from a join b on a.i = b.i where p > 1 group by g;"
                + "select g, sum(n), count(x) from a join b using (i) group by g having max(p) > 1 order by sum(o)";
        assertThat(answers("{\"sql\":\"" + sql + "\"}", "--catalog", file.toString())
                        .get(0))
                .contains(
                        "{\"table\":\"a\",\"column\":\"n\",\"use\":[\"aggregate\",\"carried\"]}",
                        "{\"table\":\"a\",\"column\":\"n\",\"use\":[\"aggregate\",\"output\"]}",
                        "{\"table\":\"a\",\"column\":\"i\",\"use\":[\"join\"]}",
                        "{\"table\":\"b\",\"column\":\"i\",\"use\":[\"join\"]}",
                        "{\"table\":\"a\",\"column\":\"p\",\"use\":[\"predicate\"]}",
                        "{\"table\":\"a\",\"column\":\"p\",\"use\":[\"aggregate\",\"predicate\"]}",
                        "{\"table\":\"a\",\"column\":\"g\",\"use\":[\"group\"]}",
                        "{\"table\":\"a\",\"column\":\"g\",\"use\":[\"group\",\"output\"]}",
                        "{\"table\":\"a\",\"column\":\"o\",\"use\":[\"aggregate\",\"order\"]}",
                        "{\"table\":\"b\",\"column\":\"x\",\"use\":[\"written\"]}",
                        "{\"table\":\"b\",\"column\":\"x\",\"use\":[\"aggregate\"]}");
    }

    private static String classOf(String sql) {
        return answers("{\"sql\":\"" + sql + "\"}").get(0).replaceFirst(".*?\"class\":\"?([^\",]*).*", "$1");
    }

    private static List<String> answers(String lines, String... arguments) {
        return run(lines.getBytes(StandardCharsets.UTF_8), arguments).lines().toList();
    }

    private static String run(byte[] lines, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Analyze analyze = new Analyze(new ByteArrayInputStream(lines), out, false);
        assertThat(new CommandLine(analyze)
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .execute(arguments))
                .isZero();
        return out.toString(StandardCharsets.UTF_8);
    }
}
