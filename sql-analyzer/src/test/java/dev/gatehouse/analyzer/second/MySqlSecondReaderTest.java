package dev.gatehouse.analyzer.second;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.analyzer.lexer.MySqlLexer;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.analyzer.tree.Delete;
import dev.gatehouse.analyzer.tree.Form;
import dev.gatehouse.analyzer.tree.Insert;
import dev.gatehouse.analyzer.tree.Select;
import dev.gatehouse.analyzer.tree.Update;
import dev.gatehouse.firewall.statement.Dialect;
import dev.gatehouse.firewall.statement.Modes;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MySqlSecondReaderTest {

    private static final Modes.MySql MODES =
            new Modes.MySql(Modes.MySql.Product.MARIADB, 101106, false, false, false, false, false, 0);

    @Test
    void namesKeepTheirCase() {
        Select select = (Select) read("select Mail from `Shop`.Users as U");
        assertThat(select.getSelectList().get(0)).hasToString("Mail");
        assertThat(((SqlCall) Objects.requireNonNull(select.getFrom()))
                        .operand(0)
                        .toString())
                .isEqualTo("Shop.Users");
    }

    @Test
    void stringsInDoubleQuotesAreStrings() {
        assertThat(item("\"it's\"")).hasToString("'it''s'");
        assertThat(item("_utf8 'x'")).hasToString("'x'");
        assertThat(item("x'1F'")).hasToString("31");
    }

    @Test
    void variablesAreSeen() {
        assertThat(Form.VARIABLE.is(item("@A"))).isTrue();
        assertThat(Form.word(((SqlCall) item("@@global.sql_mode")).operand(0))).isEqualTo("@@global.sql_mode");
        assertThat(Form.ASSIGN_VARIABLE.is(item("@a := 1"))).isTrue();
        assertThat(item("@a = 1").getKind()).isEqualTo(SqlKind.EQUALS);
    }

    @Test
    void castsTypedLiteralsAndConversionsHoldTheirValue() {
        assertThat(item("cast(a as unsigned integer)").getKind()).isEqualTo(SqlKind.CAST);
        assertThat(item("cast(a as char(10) character set utf8)").getKind()).isEqualTo(SqlKind.CAST);
        assertThat(item("date '2020-01-01'").getKind()).isEqualTo(SqlKind.CAST);
        assertThat(item("convert(a using utf8)").toString()).contains("`a`");
        assertThat(item("binary a")).hasToString("a");
    }

    @Test
    void theLimitMayComeAfterTheOffset() {
        SqlOrderBy limited = (SqlOrderBy) read("select a from t limit 3, 4");
        assertThat(limited.offset).hasToString("3");
        assertThat(limited.fetch).hasToString("4");
    }

    @Test
    void aFileIsSeen() {
        Select select = (Select) read("select a from t into outfile '/tmp/x'");
        assertThat(Form.INTO_FILE.is(select.into())).isTrue();
    }

    @Test
    void locksAreSeen() {
        assertThat(Form.LOCKING.is(read("select a from t for update"))).isTrue();
        assertThat(Form.LOCKING.is(read("select a from t lock in share mode"))).isTrue();
    }

    @Test
    void dualIsNoTable() {
        assertThat(((Select) read("select 1 from dual where 1 = 1")).getFrom()).isNull();
    }

    @Test
    void writesAreRead() {
        Insert insert = (Insert) read("insert into t (a) values (1) on duplicate key update a = values(a) + 1");
        assertThat(insert.conflict()).isNotNull();
        Insert set = (Insert) read("insert t set a = 1, b = 2");
        assertThat(set.columns()).hasSize(2);
        Insert replace = (Insert) read("replace into t (a) select b from s");
        assertThat(replace.replaces()).isTrue();
        Update update = (Update) read("update t join s on t.a = s.a set t.b = s.b");
        assertThat(update.tables().getKind()).isEqualTo(SqlKind.JOIN);
        Delete delete = (Delete) read("delete x, y from t as x join s as y on x.a = y.a");
        assertThat(delete.several()).isTrue();
        assertThat(delete.targets()).hasSize(2);
        Delete one = (Delete) read("delete from t where a = 1 order by b limit 3");
        Delete using = (Delete) read("delete from x using t as x, s where x.a = s.a");
        assertThat(using.several()).isTrue();
        assertThat(using.targets().get(0)).hasToString("x");
        assertThat(List.of(one.several(), one.order() == null, one.limit() == null))
                .containsExactly(false, false, false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select /*+ set_var(sql_mode='ansi') */ 1",
                "select a from t partition (p0)",
                "delete from t, s using t join s",
                "select a from t procedure analyse()",
                "insert into t partition (p0) values (1)",
                "select get_format(time, 'eur')",
                "select convert(a, datetime) from t",
                "select sql_buffer_result a from t",
                "handler t open",
                "select * from t1 left join t2 for update",
                "select t.* as 'x', 1 from t",
                "select a from t limit 1 union select b from u limit 2",
            })
    void whatIsNotToldByTheTreeIsRefused(String sql) {
        assertThatThrownBy(() -> SecondReader.read(
                        MySqlLexer.read(
                                sql,
                                new Modes.MySql(
                                        Modes.MySql.Product.MYSQL, 90000, false, false, false, false, false, 0)),
                        Dialect.MYSQL))
                .isInstanceOf(Unreadable.class);
    }

    private static SqlNode item(String expression) {
        return ((Select) read("select " + expression)).getSelectList().get(0);
    }

    private static SqlNode read(String sql) {
        return SecondReader.read(MySqlLexer.read(sql, MODES), Dialect.MYSQL);
    }
}
