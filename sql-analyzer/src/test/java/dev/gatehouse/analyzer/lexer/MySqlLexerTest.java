package dev.gatehouse.analyzer.lexer;

import static dev.gatehouse.analyzer.lexer.Cutting.MARIADB;
import static dev.gatehouse.analyzer.lexer.Cutting.MYSQL_57;
import static dev.gatehouse.analyzer.lexer.Cutting.MYSQL_80;
import static dev.gatehouse.analyzer.lexer.Cutting.MYSQL_9;
import static dev.gatehouse.analyzer.lexer.Cutting.cut;
import static dev.gatehouse.analyzer.lexer.Cutting.modes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** How MySQL text is cut into tokens. */
final class MySqlLexerTest {

    @Test
    void wordsKeepTheirCaseBesideTheFoldedOne() {
        assertThat(cut("SELECT Email FROM Users")).isEqualTo("select email from users");
        assertThat(MySqlLexer.read("Users", MARIADB).get(0).written()).isEqualTo("Users");
    }

    @Test
    void aWordBesideADotIsNoKeyWord() {
        assertThat(cut("select.from")).isEqualTo("[select] . [from]");
        assertThat(cut("t.1a, t.1e5, t.1, t.2.3")).isEqualTo("[t] . [1a] , [t] . [1e5] , [t] . [1] , [t] . [2] . [3]");
        assertThat(cut("a.`b`.c .d . e")).isEqualTo("a . [b] . [c] . [d] . e");
        assertThat(cut(".t")).isEqualTo(". [t]");
        assertThat(cut("`t`.1")).isEqualTo("[t] #.1");
        assertThat(cut("a..b")).startsWith("!");
    }

    @Test
    void quotedNames() {
        assertThat(cut("`a``b` `c'd` `e\\`")).isEqualTo("[a`b] [c'd] [e\\]");
        assertThat(cut("``")).startsWith("!");
        assertThat(cut("`a")).startsWith("!");
        assertThat(cut("`a\nb`")).startsWith("!");
        assertThat(cut("`a\uD83D\uDE00`")).startsWith("!");
    }

    @Test
    void doubleQuotesAreWhatTheSessionSays() {
        assertThat(cut("\"a\"\"b\\\"\"")).isEqualTo("'a\"b\"'");
        assertThat(cut("\"a\"\"b\\\"", modes("10.11.6-MariaDB", "ANSI_QUOTES"))).isEqualTo("[a\"b\\]");
    }

    @Test
    void backslashesAreWhatTheSessionSays() {
        assertThat(cut("'a\\' UNION SELECT ssn FROM users -- '")).isEqualTo("'a' UNION SELECT ssn FROM users -- '");
        assertThat(cut("'a\\' UNION SELECT ssn FROM users -- '", modes("8.0.36", "NO_BACKSLASH_ESCAPES")))
                .isEqualTo("'a\\' union select ssn from users");
        assertThat(cut("'\\n\\t\\\\\\%\\_\\a\\Z'")).isEqualTo("'\n\t\\\\%\\_a\032'");
        assertThat(cut("'a\\")).startsWith("!");
        assertThat(cut("'a\\'")).startsWith("!");
    }

    @Test
    void stringsAndTheirPrefixes() {
        assertThat(cut("'it''s' \"it's\" N'x' n'y'")).isEqualTo("'it's' 'it's' 'x' 'y'");
        assertThat(cut("_utf8'a' _LATIN1 'b' _binary x'00' _nosuch 'c'"))
                .isEqualTo("_utf8 'a' _latin1 'b' _binary #0x00 _nosuch 'c'");
        assertThat(MySqlLexer.read("_UTF8 'a'", MARIADB).get(0).sort()).isEqualTo(Token.Sort.INTRODUCER);
        assertThat(MySqlLexer.read("_nosuch 'a'", MARIADB).get(0).sort()).isEqualTo(Token.Sort.WORD);
        assertThat(cut("_utf8mb3'a'", MYSQL_57)).startsWith("!");
        assertThat(cut("_gb18030'a'", MARIADB)).startsWith("!");
        assertThat(cut("'a' 'b'")).isEqualTo("'a' 'b'");
        assertThat(cut("N\"x\" N 'x'")).isEqualTo("n 'x' n 'x'");
    }

    @Test
    void hexadecimalAndBits() {
        assertThat(cut("x'1F' X'' 0x1f b'01' B'' 0b01")).isEqualTo("#0x1F #0x #0x1f #0b01 #0b #0b01");
        assertThat(cut("0X1f 0B1 0xg 0b2 0x")).isEqualTo("[0X1f] [0B1] [0xg] [0b2] [0x]");
        assertThat(cut("x'1'")).startsWith("!");
        assertThat(cut("x'1g'")).startsWith("!");
        assertThat(cut("b'2'")).startsWith("!");
        assertThat(cut("x\"1f\"")).isEqualTo("x '1f'");
    }

    @Test
    void numbers() {
        assertThat(cut("1 1.5 .5 1. 1e1 1E+1 1.5e-1 .5e1 1.e1"))
                .isEqualTo("#1 #1.5 #.5 #1. #1e1 #1E+1 #1.5e-1 #.5e1 #1.e1");
        assertThat(cut("1e1x")).isEqualTo("#1e1 x");
        assertThat(cut("1ex 1e 1a 12_3 1e+x")).isEqualTo("[1ex] [1e] [1a] [12_3] [1e] + x");
        assertThat(cut("1.a 1.5a 1.select")).isEqualTo("#1. a #1.5 a #1. select");
        assertThat(cut("1a.b")).isEqualTo("[1a] . [b]");
        assertThat(cut("1.5ex")).startsWith("!");
        assertThat(cut("1..2")).isEqualTo("#1 .. #2");
        assertThat(cut("-1 - 1--1")).isEqualTo("- #1 - #1 - - #1");
    }

    @Test
    void variables() {
        assertThat(cut("@x @X.y @'a b' @\"c\" @`d``` @_1$ @é")).isEqualTo("@x @x.y @a b @c @d` @_1$ @é");
        assertThat(cut("@@x @@GLOBAL.sort_buffer_size @@session.`a` @@`b`.c @@hot.x"))
                .isEqualTo("@@x @@global.sort_buffer_size @@session.a @@b.c @@hot.x");
        assertThat(cut("@x:=1")).isEqualTo("@x := #1");
        assertThat(cut("'app'@'%' app@localhost")).isEqualTo("'app' @% app @localhost");
        assertThat(cut("@\"a\\\"", modes("10.11.6-MariaDB", "ANSI_QUOTES"))).isEqualTo("@a\\");
        assertThat(cut("@ x")).startsWith("!");
        assertThat(cut("@@ x")).startsWith("!");
        assertThat(cut("@@global . x")).startsWith("!");
        assertThat(cut("@@global. x")).startsWith("!");
        assertThat(cut("@")).startsWith("!");
        assertThat(cut("@'a")).startsWith("!");
    }

    @Test
    void operators() {
        assertThat(cut("a:=b<=>c&&d||!e<<f>>g<>h!=i<=j>=k~l^m%n|o&p"))
                .isEqualTo("a := b <=> c && d || ! e << f >> g <> h != i <= j >= k ~ l ^ m % n | o & p");
        assertThat(cut("a->'$.b'->>'$.c'", MYSQL_80)).isEqualTo("a -> '$.b' ->> '$.c'");
        assertThat(cut("a->b", MARIADB)).isEqualTo("a - > b");
        assertThat(cut("a=-1 a=@b a=~c")).isEqualTo("a = - #1 a = @b a = ~ c");
        assertThat(cut("a=!b")).startsWith("!");
        assertThat(cut("!!a")).startsWith("!");
        assertThat(cut("a<<=b")).startsWith("!");
        assertThat(cut("{d '2020-01-01'}")).isEqualTo("{ d '2020-01-01' }");
        assertThat(cut("a*/b")).isEqualTo("a * / b");
        assertThat(cut("a[1]")).startsWith("!");
    }

    @Test
    void parametersAreCounted() {
        assertThat(cut("? , ?")).isEqualTo("?1 , ?2");
        assertThat(cut("?a")).startsWith("!");
    }

    @Test
    void backslashNIsNullWhereItStillIs() {
        assertThat(cut("\\N", MARIADB)).isEqualTo("null");
        assertThat(cut("\\Nx", MYSQL_57)).isEqualTo("null x");
        assertThat(cut("\\N", MYSQL_80)).startsWith("!");
        assertThat(cut("\\n", MARIADB)).startsWith("!");
    }

    @Test
    void dollarSigns() {
        assertThat(cut("a$b $c $$", MARIADB)).isEqualTo("a$b $c $$");
        assertThat(cut("a$b", MYSQL_9)).isEqualTo("a$b");
        assertThat(cut("$$ x $$", MYSQL_9)).startsWith("!");
    }

    @Test
    void whatNoServerReadsIsRefused() {
        assertThat(cut("select \0 1")).startsWith("!");
        assertThat(cut("'a\0'")).startsWith("!");
        assertThat(cut("select \u0001")).startsWith("!");
        assertThat(cut("select \u007F")).startsWith("!");
        assertThat(cut("DELIMITER //")).startsWith("!");
        assertThat(cut("select 1; delimiter //")).startsWith("!");
        assertThat(cut("select delimiter")).isEqualTo("select delimiter");
        assertThat(cut("(".repeat(300))).startsWith("!");
        assertThatThrownBy(() -> MySqlLexer.read(new byte[] {'a', (byte) 0xC3}, MARIADB))
                .isInstanceOf(Unreadable.class);
        assertThatThrownBy(() -> MySqlLexer.read(new byte[Bounds.MAX_BYTES + 1], MARIADB))
                .isInstanceOf(Unreadable.class);
    }

    @Test
    void foreignBlanksAreLetters() {
        assertThat(cut("select\u00A01")).isEqualTo("select\u00A01");
        assertThat(cut("\uFEFFselect")).isEqualTo("\uFEFFselect");
        assertThat(cut("select\u000B1\f,\t2\r\n")).isEqualTo("select #1 , #2");
    }

    @Test
    void positionsCountCharacters() {
        byte[] sql = "'\uD83D\uDE00é' /*!50000 x */".getBytes(StandardCharsets.UTF_8);
        assertThat(MySqlLexer.read(sql, MARIADB).get(1).position()).isEqualTo(15);
    }

    @Test
    void aLongChainOfNamesNeedsNoStack() {
        assertThat(MySqlLexer.read("a" + ".a".repeat(100_000), MARIADB)).hasSize(200_002);
    }
}
