package dev.gatehouse.analyzer.lexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strings and names with Unicode escapes are read as the server reads them. */
final class PgUnicodeTest {

    @Test
    void anEscapeIsTheCharacterItSpells() {
        assertThat(only("U&'d\\0061t\\+000061'")).isEqualTo("data");
        assertThat(only("U&'d!0061t!!' UESCAPE '!'")).isEqualTo("dat!");
        assertThat(only("u&\"d*0061\" /* c */ uescape '*'")).isEqualTo("da");
        assertThat(only("U&'\\D83D\\DE00'")).isEqualTo("😀");
        assertThat(only("U&'a\\b' UESCAPE '!'")).isEqualTo("a\\b");
        assertThat(only("U&'it''s'")).isEqualTo("it's");
        assertThat(only("U&'d\\0061'\n't'")).isEqualTo("dat");
        assertThat(only("U&\"#\\0009\"")).isEqualTo("#\t");
    }

    @Test
    void aNameHoldsAnyCharacterAndIsCutBetweenThem() {
        assertThat(only("\"😀 é\"")).isEqualTo("😀 é");
        assertThat(only("\"a" + "😀".repeat(16) + "\"")).isEqualTo("a" + "😀".repeat(15));
    }

    private static String only(String written) {
        List<Token> tokens = PgLexer.read(written, true);
        assertThat(tokens).hasSize(2);
        return tokens.get(0).text();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "U&'\\00'",
                "U&'\\0000'",
                "U&'\\+110000'",
                "U&'\\D83D'",
                "U&'\\DE00'",
                "U&'a' UESCAPE",
                "U&'a' UESCAPE 1",
                "U&'a' UESCAPE '1'",
                "U&'a' UESCAPE '+'",
                "U&'a' UESCAPE ''''",
                "U&'a' UESCAPE '!!'"
            })
    void whatIsNoEscapeIsRefused(String written) {
        assertThatThrownBy(() -> PgLexer.read(written, true)).isInstanceOf(Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"U&'a' uescaped", "U&'a' AS uescape", "U&'a'"})
    void uescapeIsAWordOfItsOwn(String written) {
        assertThat(PgLexer.read(written, true).get(0).text()).isEqualTo("a");
    }
}
