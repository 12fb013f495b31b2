package dev.gatehouse.analyzer.lexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.analyzer.lexer.Token.Sort;
import dev.gatehouse.firewall.statement.Modes;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is true of every MySQL text. */
final class MySqlLexerLawsTest {

    @Provide
    Arbitrary<Modes.MySql> modes() {
        return Combinators.combine(
                        Arbitraries.of("5.7.44", "8.0.36", "9.1.0", "10.11.6-MariaDB", "12.0.1-MariaDB"),
                        Arbitraries.of("", "ANSI_QUOTES", "NO_BACKSLASH_ESCAPES"))
                .as(Cutting::modes);
    }

    @Provide
    Arbitrary<String> texts() {
        String[] alphabet =
                ("' \" ` -- # /* */ /*! /*!50000 /*M!100000 /*!99998 /*+ $ a 1 1.5 .5 0x1 1e 1e1x - + , N' x'1f' _utf8 "
                                + "'a' \"a\" `a` \\ . é @ @@ := 'b c' 23 select users ? ; ( ) * / \\N ! < > = & \uD83D\uDE00")
                        .split(" ");
        return Combinators.combine(Arbitraries.of(alphabet), Arbitraries.of("", " ", "\n"))
                .as((piece, space) -> piece + space)
                .list()
                .ofMaxSize(16)
                .map(parts -> String.join("", parts));
    }

    @Property(tries = 20_000)
    void eachTokenStandsAtItsPosition(@ForAll("texts") String sql, @ForAll("modes") Modes.MySql modes) {
        for (Token token : read(sql, modes)) {
            int index = sql.offsetByCodePoints(0, token.position() - 1);
            boolean spelled = token.sort() != Sort.QUOTED
                    && token.sort() != Sort.STRING
                    && token.sort() != Sort.NUMBER
                    && token.sort() != Sort.PARAMETER
                    && token.sort() != Sort.VARIABLE
                    && token.sort() != Sort.HINT;
            if (spelled) {
                assertThat(sql.substring(index)).startsWith(token.written());
            } else {
                assertThat(sql.charAt(index)).isNotIn(' ', '\n', '(', ',');
            }
        }
    }

    /** Except where names hang together by their dots, and before a hint. */
    @Property(tries = 20_000)
    void blanksAndCommentsBetweenTokensMeanNothing(
            @ForAll("texts") String sql, @ForAll("modes") Modes.MySql modes, @ForAll("blanks") String blank) {
        List<Token> tokens = read(sql, modes);
        StringBuilder spaced = new StringBuilder(sql);
        for (int i = tokens.size() - 2; i > 0; i--) {
            Token token = tokens.get(i);
            boolean tied = token.isMark(".") || tokens.get(i - 1).isMark(".") || token.sort() == Sort.HINT;
            if (!tied) {
                spaced.insert(sql.offsetByCodePoints(0, token.position() - 1), blank);
            }
        }
        assertThat(texts(read(spaced.toString(), modes))).isEqualTo(texts(tokens));
    }

    @Provide
    Arbitrary<String> blanks() {
        return Arbitraries.of(" ", "\n", "\t\u000B", " /**/", " /* ' */ ", " # \"\n", " -- `\n");
    }

    private static List<String> texts(List<Token> tokens) {
        return tokens.stream().map(token -> token.sort() + token.text()).toList();
    }

    private static List<Token> read(String sql, Modes.MySql modes) {
        try {
            return MySqlLexer.read(sql, modes);
        } catch (Unreadable e) {
            return List.of();
        }
    }
}
