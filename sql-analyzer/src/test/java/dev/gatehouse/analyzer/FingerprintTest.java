package dev.gatehouse.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.analyzer.lexer.PgLexer;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.firewall.statement.Modes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Which texts have the same shape. */
final class FingerprintTest {

    private static List<Long> shape(String sql) {
        return shape(sql, true);
    }

    /** The fingerprint; empty when the text has no shape. */
    private static List<Long> shape(String sql, boolean plainBackslash) {
        Fingerprint fingerprint = new Fingerprint();
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        return fingerprint.shape(bytes, bytes.length, new Modes.PostgreSql(plainBackslash))
                ? List.of(fingerprint.first(), fingerprint.second())
                : List.of();
    }

    @Test
    void valuesOfLiteralsDoNotCount() {
        assertThat(shape("select a from t where b = 1")).isEqualTo(shape("select a from t where b = 4711"));
        assertThat(shape("select 'x', 1.5")).isEqualTo(shape("select 'it''s -- /* \" $a$', 0."));
    }

    @Test
    void everythingElseCounts() {
        List<String> different = List.of(
                "select a1 from t where b = 1",
                "select a2 from t where b = 1",
                "select a1 from t where b = '1'",
                "select a1 from t where b = 1.0",
                "select a1 from t where b = $1",
                "select a1 from t where b = $2",
                "select a1 from t where b = -1",
                "select \"a1\" from t where b = 1",
                "select \"a'1\" from t where b = '1'",
                "select a1 from t where b = '1' '1'",
                "select a1 from t where b = '1'\n'1'",
                "select a1 from t where b = 1 -- '",
                "select a1 from t where b = 1 --'",
                "select a1 from t where b = /* 1 */ 1",
                "select a1 from t where b = /* 2 */ 1");
        assertThat(different.stream().map(FingerprintTest::shape).distinct()).hasSameSizeAs(different);
        assertThat(different).allSatisfy(sql -> assertThat(shape(sql)).isNotEmpty());
    }

    @Test
    void whatMayHideAQuoteHasNoShape() {
        assertThat(shape("select e'\\''")).isEmpty();
        assertThat(shape("select U&'x'")).isEmpty();
        assertThat(shape("select b'1'")).isEmpty();
        assertThat(shape("select $$x$$")).isEmpty();
        assertThat(shape("select 'a\\'", false)).isEmpty();
        assertThat(shape("select 'x")).isEmpty();
        assertThat(shape("select /* x")).isEmpty();
        assertThat(shape("select 0x1f")).isEmpty();
        assertThat(shape("select 1e5")).isEmpty();
        assertThat(shape("select \0")).isEmpty();
    }

    /** What the UESCAPE behind it says decides which name it is. */
    @Test
    void aNameInUnicodeEscapesHasNoShape() {
        assertThat(shape("select U&\"#0065mail\" uescape '#' from t")).isEmpty();
        assertThat(shape("select u&\"d\\0061ta\" from t")).isEmpty();
    }

    @Provide
    Arbitrary<String> snippets() {
        return Arbitraries.of(
                        "'",
                        "\"",
                        "--",
                        "/*",
                        "*/",
                        "$",
                        "$$",
                        "a",
                        "1",
                        " ",
                        "\n",
                        ",",
                        "E'",
                        "''",
                        "\\",
                        "U&",
                        "U&\"a!0062\"",
                        " uescape '!'",
                        ".",
                        "é",
                        "select ",
                        " from users",
                        "ssn",
                        "$1",
                        ";",
                        "(",
                        ")",
                        "-")
                .list()
                .ofMaxSize(14)
                .map(parts -> "select " + String.join("", parts));
    }

    /** Whoever is told that two texts have the same shape may rely on the lexer to agree. */
    @Property(tries = 5000)
    void textsOfOneShapeHaveTheSameTokens(@ForAll("snippets") String sql) {
        String other = sql.replace("'a'", "'b c'").replace("'!'", "'#'").replace("1", "23");
        if (!shape(sql).isEmpty() && shape(sql).equals(shape(other))) {
            assertThat(outline(sql)).isEqualTo(outline(other));
        }
    }

    private static List<String> outline(String sql) {
        try {
            return PgLexer.read(sql, true).stream()
                    .map(token -> token.sort()
                            + (token.sort() == Token.Sort.STRING || token.sort() == Token.Sort.NUMBER
                                    ? ""
                                    : token.text()))
                    .toList();
        } catch (Unreadable e) {
            return List.of("unreadable");
        }
    }
}
