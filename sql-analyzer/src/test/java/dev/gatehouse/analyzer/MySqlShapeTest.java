package dev.gatehouse.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.analyzer.lexer.MySqlLexer;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.firewall.statement.Modes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Which MySQL texts have the same shape. */
final class MySqlShapeTest {

    private static final Modes PLAIN = Modes.MySql.of("10.11.6-MariaDB", "", 0);

    private static List<Long> shape(String sql) {
        return shape(sql, PLAIN);
    }

    /** The fingerprint; empty when the text has no shape. */
    private static List<Long> shape(String sql, Modes modes) {
        Fingerprint fingerprint = new Fingerprint();
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        return fingerprint.shape(bytes, bytes.length, modes)
                ? List.of(fingerprint.first(), fingerprint.second())
                : List.of();
    }

    @Test
    void valuesOfLiteralsDoNotCount() {
        assertThat(shape("select a from t where b = 1")).isEqualTo(shape("select a from t where b = 4711"));
        assertThat(shape("select 'x', 1.5, \"y\"")).isEqualTo(shape("select 'it''s \\' -- /* ` ', 0., '\"'"));
    }

    @Test
    void everythingElseCounts() {
        List<String> different = List.of(
                "select a1 from t where b = 1",
                "select a2 from t where b = 1",
                "select a1 from t where b = '1'",
                "select a1 from t where b = 1.0",
                "select a1 from t where b = 0x1",
                "select a1 from t where b = 0x2",
                "select a1 from t where b = 1e",
                "select a1 from t where b = @1",
                "select a1 from t where b = @2",
                "select a1 from t where b = @'2'",
                "select a1 from t where b = @'3'",
                "select a1 from t where b = t.1",
                "select a1 from t where b = t.2",
                "select `a1` from t where b = 1",
                "select `a2` from t where b = 1",
                "select a1 from t where b = N'1'",
                "select a1 from t where b = N'2'",
                "select a1 from t where b = _utf8'2'",
                "select a1 from t where b = '1' '1'",
                "select a1 from t where b = 1 -- '",
                "select a1 from t where b = 1 #'",
                "select a1 from t where b = 1--1",
                "select a1 from t where b = /* 1 */ 1",
                "select a1 from t where b = /*+ 1 */ 1");
        assertThat(different.stream().map(MySqlShapeTest::shape).distinct()).hasSameSizeAs(different);
        assertThat(different).allSatisfy(sql -> assertThat(shape(sql)).isNotEmpty());
    }

    @Test
    void whatMayHideAQuoteHasNoShape() {
        assertThat(shape("select 'x")).isEmpty();
        assertThat(shape("select 'x\\'")).isEmpty();
        assertThat(shape("select `x")).isEmpty();
        assertThat(shape("select /* x")).isEmpty();
        assertThat(shape("select /*! x */")).isEmpty();
        assertThat(shape("select /*M! x */")).isEmpty();
        assertThat(shape("select 1e+5")).isEmpty();
        assertThat(shape("select \0")).isEmpty();
        assertThat(shape("select '\\\0'")).isEmpty();
        assertThat(shape("select 1", new Modes.Unknown(PLAIN.dialect()))).isEmpty();
    }

    @Test
    void theModesDecideWhatALiteralIs() {
        Modes ansi = Modes.MySql.of("8.0.36", "ANSI_QUOTES", 0);
        assertThat(shape("select \"a\"", ansi)).isNotEqualTo(shape("select \"b\"", ansi));
        Modes plain = Modes.MySql.of("8.0.36", "NO_BACKSLASH_ESCAPES", 0);
        assertThat(shape("select 'a\\', b", plain)).isEqualTo(shape("select 'x', b", plain));
    }

    @Provide
    Arbitrary<String> snippets() {
        String[] alphabet =
                ("' \" ` -- --\t # /* */ /*! /*!50000 /*M!100000 /*!99998 /*+ $ a 1 1.5 .5 0x1 1e 1e+ e - + , N' x' _utf8 "
                                + "_utf8' '' \"\" `` \\ \\' . é @ @@ := 'a' \"a\" 'b c' 23 select users ssn ? ; ( ) * / \\N ! < > = &")
                        .split(" ");
        Arbitrary<String> piece = Arbitraries.of(alphabet).injectDuplicates(0.2);
        Arbitrary<String> space = Arbitraries.of("", "", " ", "\n");
        return Combinators.combine(piece, space)
                .as((p, s) -> p + s)
                .list()
                .ofMaxSize(14)
                .map(parts -> "select " + String.join("", parts));
    }

    @Provide
    Arbitrary<Modes.MySql> modes() {
        return Combinators.combine(
                        Arbitraries.of("5.7.44", "8.0.36", "9.1.0", "10.11.6-MariaDB", "12.0.1-MariaDB"),
                        Arbitraries.of("", "ANSI_QUOTES", "NO_BACKSLASH_ESCAPES", "ANSI_QUOTES,NO_BACKSLASH_ESCAPES"))
                .as((version, mode) -> (Modes.MySql) Modes.MySql.of(version, mode, 0));
    }

    /** Whoever is told that two texts have the same shape may rely on the lexer to agree. */
    @Property(tries = 20_000)
    void textsOfOneShapeHaveTheSameTokens(
            @ForAll("snippets") String sql,
            @ForAll("modes") Modes.MySql modes,
            @ForAll("replacements") List<String> replacement) {
        String other = sql.replace(replacement.get(0), replacement.get(1));
        if (!shape(sql, modes).isEmpty() && shape(sql, modes).equals(shape(other, modes))) {
            assertThat(outline(sql, modes)).isEqualTo(outline(other, modes));
        }
    }

    @Provide
    Arbitrary<List<String>> replacements() {
        return Arbitraries.of(
                List.of("'a'", "'b c'"),
                List.of("1", "23"),
                List.of("'a'", "'\\''"),
                List.of("\"a\"", "\"' # \""),
                List.of("1.5", "0."),
                List.of("'b c'", "\"\""),
                List.of("5", "1"),
                List.of("a", "b"));
    }

    private static List<String> outline(String sql, Modes.MySql modes) {
        try {
            return MySqlLexer.read(sql, modes).stream()
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
