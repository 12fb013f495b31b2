package dev.gatehouse.analyzer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.analyzer.lexer.MySqlLexer;
import dev.gatehouse.analyzer.lexer.PgLexer;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.analyzer.second.SecondReader;
import dev.gatehouse.firewall.statement.Dialect;
import dev.gatehouse.firewall.statement.Modes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeReaderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from only users",
                "select * from (table users) as s(a, b)",
                "select u.*, count(u.*) from users u group by u.id order by 1 limit 3 for update of u",
                "select U&\"em\\0061il\" from users",
                "insert into t as x (a, b.c) values (1, default) on conflict on constraint k do nothing returning *",
                "insert into t values (1) on conflict (a text_pattern_ops, lower(b) collate \"C\" text_ops) do nothing",
                "update t set (a, b) = (select 1, 2), c.d = 3 from s where t.a operator(pg_catalog.=) s.a",
                "delete from t using s where t.a = s.a",
                "merge into t using s on t.a = s.a when matched then delete when not matched then do nothing",
                "with recursive r(n) as (values (1) union all select n + 1 from r where n < 5) select n from r",
                "select normalize(a, nfc), extract(year from b), c::numeric(10, 2), d[1:2] from t",
                "select a from t tablesample system (1) where b = any (array[1, 2])",
            })
    void whatBothReadTheyReadAlike(String sql) {
        List<Token> tokens = PgLexer.read(sql, true);
        assertThat(TreeReader.read(tokens, new Modes.PostgreSql(true))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select a from t force index (i) where b = 1 limit 1, 2",
                "select convert(a using utf8), group_concat(b separator ', ' limit 2) from t",
                "select cast(a as char character set utf8), 'x' 'y', @v := 1 from t lock in share mode",
                "insert into t set a = 1 on duplicate key update a = values(a)",
                "replace into t (a) select b from s",
                "delete x from t as x join s using (a)",
                "delete from x using t as x join s using (a)",
                "update t, s set t.a = s.a where t.b = any (select b from s)",
            })
    void mySqlIsReadAlikeToo(String sql) {
        Modes.MySql modes = new Modes.MySql(Modes.MySql.Product.MARIADB, 101106, false, false, false, false, false, 0);
        List<Token> tokens = MySqlLexer.read(sql, modes);
        assertThat(TreeReader.read(tokens, modes)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select cast('1' as json)",
                "insert into t1 t1 select 1",
                "select _latin1 _latin1 'a'",
                "delete t1 from where a = 1",
                "select v.  from v",
            })
    void whatOnlyTheWitnessTakesIsRefused(String sql) {
        Modes.MySql modes = new Modes.MySql(Modes.MySql.Product.MARIADB, 101106, false, false, false, false, false, 0);
        List<Token> tokens = MySqlLexer.read(sql, modes);
        assertThat(SecondReader.read(tokens, Dialect.MYSQL)).isNotNull();
        assertThatThrownBy(() -> TreeReader.read(tokens, modes)).isInstanceOf(Unreadable.class);
    }

    @Test
    void whatNobodyKnowsIsRefusedInTheWordsOfOurGrammar() {
        assertThatThrownBy(() -> TreeReader.read(PgLexer.read("select from where", true), new Modes.PostgreSql(true)))
                .isInstanceOf(Unreadable.class)
                .hasMessage("unexpected WHERE");
    }
}
