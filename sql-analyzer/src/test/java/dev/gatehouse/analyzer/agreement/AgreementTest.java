package dev.gatehouse.analyzer.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.analyzer.grammar.PgReader;
import dev.gatehouse.analyzer.lexer.PgLexer;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.analyzer.second.SecondReader;
import dev.gatehouse.firewall.statement.Dialect;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgreementTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select a from users, teams | select a from users | two parsers differ in its tables",
                "select a from s.users | select a from users | two parsers differ in its tables",
                "select a, ssn from users | select a from users | two parsers differ in its columns",
                "select a from users where b = 1 | select a from users where 1 = 1 | two parsers differ in its columns",
                "select (select ssn from secrets) from users | select ssn from users | two parsers differ in its tables",
                "delete from users where a = 1 | select a from users | two parsers differ in its kind",
                "update users set a = 1 | insert into users (a) values (1) | two parsers differ in its kind",
                "insert into t select a from s | insert into t select a from t | two parsers differ in its tables",
                "update t set a = 1 from s | update t set a = 1 | two parsers differ in its tables",
                "delete from t using s | delete from t | two parsers differ in its tables",
                "select * into n from t | select * from t | two parsers differ in its tables",
                "with x as (delete from t returning a) select a from x | with x as (select a from s) select a from x"
                        + " | two parsers differ in its tables",
                "select a from t order by b | select a from t | two parsers differ in its columns",
                "select a from t join s using (b) | select a from t join s on true | two parsers differ in its columns",
                "insert into t (a) values (1) on conflict (b) do nothing | insert into t (a) values (1)"
                        + " | two parsers differ in its columns",
                "insert into t (a) values (1) returning b | insert into t (a) values (1)"
                        + " | two parsers differ in its columns",
                "select sum(a) over (partition by b) from t | select sum(a) over () from t"
                        + " | two parsers differ in its columns",
            })
    void aLieIsCaught(String told, String kept, String reason) {
        assertThatThrownBy(() -> Agreement.between(read(told), read(kept)))
                .isInstanceOf(Unreadable.class)
                .hasMessage(reason);
        assertThatThrownBy(() -> Agreement.between(read(kept), read(told)))
                .isInstanceOf(Unreadable.class)
                .hasMessage(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select a from users u | select x.a from users as x",
                "with q as (select a from users) select a from q | with r as (select a from users) select a from r",
                "select a from (select a from t) s | select a from t",
                "select count(*) from t | select 1 from t",
            })
    void whatNamesTheSameAgrees(String one, String other) {
        assertThatCode(() -> Agreement.between(read(one), read(other))).doesNotThrowAnyException();
    }

    @Test
    void aTableThatTheTextDoesNotNameIsRefused() {
        SqlNode tree = read("select a from users");
        assertThatCode(() -> Agreement.refuseInvented(tree, tokens("select a from \"users\"")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Agreement.refuseInvented(tree, tokens("select a from 'users'")))
                .isInstanceOf(Unreadable.class)
                .hasMessage("a table that the text does not name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select a from users where b = 'x' | select a from users where b | 31",
                "select a, b from users | select a from users | 11",
                "select a from users, teams | select a from users | 22",
                "select a from users u | select a from users | 21",
                "select f(a) from users | select   a  from users | 8",
                "select a::mail from users | select a       from users | 11",
                "select \"from\" from users | select        from users | 8",
                "select a from users where b = $1 | select a from users where b | 31",
                "select a from users where b > 1.5 | select a from users where b | 31",
                "select a from users limit 5 | select a from users | 27",
            })
    void aWordThatTheTreeHasLostIsMissed(String text, String kept, int position) {
        assertThatCode(() -> Agreement.withTokens(first(text), tokens(text), Dialect.POSTGRESQL))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Agreement.withTokens(first(kept), tokens(text), Dialect.POSTGRESQL))
                .isInstanceOfSatisfying(
                        Unreadable.class, e -> assertThat(e.position()).isEqualTo(position));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select a operator(pg_catalog.+) 1 from t",
                "select a::numeric(10, 2), b::varchar(3)[], c::pg_catalog.oid[] from t",
                "insert into t values (1) on conflict on constraint k do nothing",
                "select * from t window w as (partition by a) order by sum(a) over w",
            })
    void whatTreesLeaveOutIsNotMissed(String sql) {
        assertThatCode(() -> Agreement.withTokens(first(sql), tokens(sql), Dialect.POSTGRESQL))
                .doesNotThrowAnyException();
    }

    @Test
    void aDisagreementIsCountedAndItsShapeKeptOnceWithoutLiterals() {
        long before = Disagreements.count();
        List<Token> tokens = tokens("select 'secret', 4711, $1 from \"T\" where a = b");
        Disagreements.note("a test", tokens);
        Disagreements.note("a test", tokens);
        assertThat(Disagreements.count()).isEqualTo(before + 2);
        assertThat(Disagreements.shapes()).containsOnlyOnce("select '' , 0 , $1 from \"T\" where a = b");
    }

    @Test
    void aLongShapeIsCut() {
        assertThat(Disagreements.shape(tokens("select " + "a, ".repeat(2_000) + "a")))
                .hasSizeLessThan(2_100);
    }

    private static SqlNode first(String sql) {
        return PgReader.read(tokens(sql));
    }

    private static SqlNode read(String sql) {
        return SecondReader.read(tokens(sql), Dialect.POSTGRESQL);
    }

    private static List<Token> tokens(String sql) {
        return PgLexer.read(sql, true);
    }
}
