package dev.gatehouse.analyzer.grammar;

import static dev.gatehouse.analyzer.grammar.MySqlTree.MARIADB;
import static dev.gatehouse.analyzer.grammar.MySqlTree.MYSQL;
import static dev.gatehouse.analyzer.grammar.MySqlTree.modes;
import static dev.gatehouse.analyzer.grammar.MySqlTree.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.analyzer.tree.Delete;
import dev.gatehouse.analyzer.tree.Insert;
import dev.gatehouse.analyzer.tree.Select;
import dev.gatehouse.analyzer.tree.Update;
import dev.gatehouse.firewall.statement.Modes;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tree a MySQL statement has. */
final class MySqlReaderTest {

    private static String expression(String sql) {
        return expression(sql, MARIADB);
    }

    private static String expression(String sql, Modes.MySql modes) {
        return MySqlTree.show(
                ((Select) read("select " + sql, modes)).getSelectList().get(0));
    }

    private static String from(String sql) {
        return MySqlTree.show(((Select) read("select 1 from " + sql, MARIADB)).getFrom());
    }

    private static void refused(String sql, Modes.MySql modes) {
        assertThatThrownBy(() -> read(sql, modes)).isInstanceOf(Unreadable.class);
    }

    @Test
    void operatorsBindAsMySqlSays() {
        assertThat(expression("a or b xor c and not d = e")).isEqualTo("OR(a, XOR(b, AND(c, NOT(=(d, e)))))");
        assertThat(expression("a | b & c << d + e * f ^ -g")).isEqualTo("|(a, &(b, <<(c, +(d, *(e, ^(f, -(g)))))))");
        assertThat(expression("a = b is null")).isEqualTo("IS NULL(=(a, b))");
        assertThat(expression("! a = b")).isEqualTo("=(NOT(a), b)");
        assertThat(expression("not a between b and c and d")).isEqualTo("AND(NOT(BETWEEN ASYMMETRIC(a, b, c)), d)");
        assertThat(expression("a div b mod c")).isEqualTo("%(DIV(a, b), c)");
        assertThat(expression("binary a = b collate utf8_bin")).isEqualTo("=(BINARY(a), COLLATE(b, 'utf8_bin'))");
        assertThat(expression("a && b || c")).isEqualTo("OR(AND(a, b), c)");
    }

    @Test
    void modesChangeWhatOperatorsMean() {
        assertThat(expression("a || b = c", modes("10.11.6-MariaDB", "PIPES_AS_CONCAT")))
                .isEqualTo("=(||(a, b), c)");
        assertThat(expression("not a = b", modes("10.11.6-MariaDB", "HIGH_NOT_PRECEDENCE")))
                .isEqualTo("=(NOT(a), b)");
    }

    @Test
    void predicates() {
        assertThat(expression("a not in (1, b)")).isEqualTo("NOT IN(a, [1, b])");
        assertThat(expression("a in (select b from t)")).contains("IN(a, SELECT(");
        assertThat(expression("a like b escape '|'")).isEqualTo("LIKE(a, b, '|')");
        assertThat(expression("a not regexp b")).isEqualTo("NOT REGEXP(a, b)");
        assertThat(expression("a sounds like b")).isEqualTo("SOUNDS LIKE(a, b)");
        assertThat(expression("a <=> any (select 1)")).startsWith("QUANTIFIED('<=>', a, SELECT(");
        assertThat(expression("1 member of ('[1]')", MYSQL)).isEqualTo("MEMBER OF(1, '[1]')");
        assertThat(expression("a->'$.b'->>'$.c'", MYSQL)).isEqualTo("->>(->(a, '$.b'), '$.c')");
    }

    @Test
    void literals() {
        assertThat(expression("'a' 'b'")).isEqualTo("'ab'");
        assertThat(expression("_utf8'a'")).isEqualTo("'a'");
        assertThat(expression("date '2000-01-01'")).isEqualTo("DATE('2000-01-01')");
        assertThat(expression("{ts '2000-01-01'}")).isEqualTo("'2000-01-01'");
        assertThat(expression("0x1f")).isEqualTo("X'1F'");
        assertThat(expression("b'101'")).isEqualTo("BITS('101')");
        assertThat(expression("interval 1 day + a")).isEqualTo("+(INTERVAL(1, 'day'), a)");
        assertThat(expression("interval(1, 2)")).isEqualTo("interval(1, 2)");
    }

    @Test
    void variables() {
        assertThat(expression("@A := @b + 1")).isEqualTo(":=(VARIABLE('@a'), +(VARIABLE('@b'), 1))");
        assertThat(expression("@@Global.x")).isEqualTo("VARIABLE('@@global.x')");
    }

    @Test
    void calls() {
        assertThat(expression("group_concat(distinct a, b order by c desc separator ',')"))
                .isEqualTo("ORDERED(group_concat(distinct a, b), [DESC(c)])");
        assertThat(expression("trim(leading 'x' from a)")).isEqualTo("trim('x', a)");
        assertThat(expression("substring(a from 1 for 2)")).isEqualTo("substring(a, 1, 2)");
        assertThat(expression("extract(day from a)")).isEqualTo("extract('day', a)");
        assertThat(expression("convert(a using utf8)")).isEqualTo("convert(a)");
        assertThat(expression("cast(a as unsigned integer)")).startsWith("CAST(a, ");
        assertThat(expression("values(a)")).isEqualTo("values(a)");
        assertThat(expression("match (a, b) against ('x' in boolean mode)")).isEqualTo("MATCH(a, b, 'x')");
        assertThat(expression("sum(a) over (partition by b order by c rows 1 preceding)"))
                .startsWith("OVER(sum(a), ");
        assertThat(expression("next value for s")).isEqualTo("SEQUENCE(s)");
        assertThat(expression("timestampadd(day, 1, a)")).isEqualTo("timestampadd('day', 1, a)");
        assertThat(expression("current_user")).isEqualTo("current_user()");
        assertThat(expression("db.f(a)")).isEqualTo("db.f(a)");
    }

    @Test
    void spaceBehindANameMayMakeItAnotherFunctions() {
        assertThat(expression("count (a)")).isEqualTo("?.count(a)");
        assertThat(expression("`count`(a)")).isEqualTo("?.count(a)");
        assertThat(expression("count(a)")).isEqualTo("count(a)");
        assertThat(expression("concat (a)")).isEqualTo("concat(a)");
        assertThat(expression("`concat`(a)")).isEqualTo("concat(a)");
        assertThat(expression("count (a)", modes("10.11.6-MariaDB", "IGNORE_SPACE")))
                .isEqualTo("count(a)");
        refused("select count /**/ (a)", modes("10.11.6-MariaDB", "IGNORE_SPACE"));
        refused("select count (*)", MARIADB);
        refused("select cast (a as int)", MARIADB);
        assertThat(expression("sysdate ()")).isEqualTo("sysdate()");
        assertThat(expression("sysdate ()", MYSQL)).isEqualTo("?.sysdate()");
        assertThat(expression("setval(s, 5)")).isEqualTo("setval(SEQUENCE(s), 5)");
    }

    @Test
    void joinsGoFromLeftToRight() {
        assertThat(from("a join b on x left join c on y"))
                .isEqualTo("JOIN(JOIN(a, FALSE, INNER, b, ON, x), FALSE, LEFT, c, ON, y)");
        assertThat(from("a join b left join c on y on x")).contains("AND(y, x)");
        assertThat(from("t1 a straight_join (t2 b, t3 c) on a.x = b.x")).contains("t1", "t2", "t3", "a.x");
        assertThat(from("{ oj a left join b on x }")).contains("LEFT");
        refused("select 1 from a left join b", MARIADB);
        refused("select 1 from a join b on 1 on 2", MARIADB);
    }

    @Test
    void tablesMayBeNarrowed() {
        assertThat(from("t partition (p0) as a use index (i, primary) ignore key for order by (k)"))
                .isEqualTo("NARROWED(AS(t, a), [p0, i, primary, k], [])");
        assertThat(from("t for system_time as of now()")).isEqualTo("NARROWED(t, [], [now()])");
    }

    @Test
    void boundsAndLocks() {
        SqlOrderBy query = (SqlOrderBy) read("select a from t limit 1, 2", MARIADB);
        assertThat(query.offset).hasToString("1");
        assertThat(query.fetch).hasToString("2");
        query = (SqlOrderBy) read("select a from t order by a limit 2 offset 1", MARIADB);
        assertThat(query.offset).hasToString("1");
        assertThat(MySqlTree.show("select a from t for update of t skip locked", MYSQL))
                .endsWith("[FOR('UPDATE', [t], 'SKIP LOCKED')])");
        refused("select 1 limit 1 limit 2", MARIADB);
    }

    @Test
    void rowsMayGoElsewhere() {
        for (String sql : new String[] {
            "select a into @x from t",
            "select a from t into @x",
            "select a from t order by a limit 1 into @x for update"
        }) {
            assertThat(MySqlTree.show(sql, MARIADB)).contains("INTO(VARIABLE('@x'))");
        }
        assertThat(MySqlTree.show("select a from t into outfile '/tmp/x' fields terminated by ','", MARIADB))
                .contains("INTO FILE('/tmp/x')");
        assertThat(MySqlTree.show("select a into dumpfile '/tmp/x' from t", MARIADB))
                .contains("INTO FILE('/tmp/x')");
        refused("select (select 1 into @x)", MARIADB);
    }

    @Test
    void inserts() {
        Insert insert = (Insert) read(
                "insert low_priority ignore into db.t partition (p) (a, b) values (1, default), (2, 3) "
                        + "on duplicate key update a = values(a) + 1",
                MARIADB);
        assertThat(insert.replaces()).isFalse();
        assertThat(MySqlTree.show(insert.target())).isEqualTo("NARROWED(db.t, [p], [])");
        assertThat(MySqlTree.show(insert.columns())).isEqualTo("[a, b]");
        assertThat(MySqlTree.show(insert.source())).isEqualTo("VALUES(ROW(1, DEFAULT()), ROW(2, 3))");
        assertThat(MySqlTree.show(insert.conflict())).isEqualTo("ON CONFLICT(-, -, [ASSIGN(a, +(values(a), 1))], -)");
        Insert set = (Insert) read("replace t set a = 1, b = c returning a", MARIADB);
        assertThat(set.replaces()).isTrue();
        assertThat(MySqlTree.show(set.columns())).isEqualTo("[a, b]");
        assertThat(MySqlTree.show(set.source())).isEqualTo("VALUES(ROW(1, c))");
        assertThat(set.returning()).hasSize(1);
        Insert named = (Insert) read("insert t values (1) as new(x) on duplicate key update a = new.x", MYSQL);
        assertThat(MySqlTree.show(named.rowAlias())).isEqualTo("AS(new, new, x)");
        Insert query = (Insert) read("insert into t select a from u join v on duplicate key update a = 1", MARIADB);
        assertThat(query.conflict()).isNotNull();
    }

    @Test
    void updatesAndDeletes() {
        Update update = (Update) read("update t1 a join t2 b on a.x = b.x set a.y = b.y where b.z limit 1", MARIADB);
        assertThat(MySqlTree.show(update.assignments())).isEqualTo("[ASSIGN(a.y, b.y)]");
        assertThat(update.where()).isInstanceOf(SqlIdentifier.class);
        Delete several = (Delete) read("delete a, db.b.* from t1 a join db.b using (x) where y", MARIADB);
        assertThat(several.several()).isTrue();
        assertThat(MySqlTree.show(several.targets())).isEqualTo("[a, db.b]");
        assertThat(((Delete) read("delete from a using t1 a", MARIADB)).several())
                .isTrue();
        Delete one = (Delete) read("delete from t where b order by c limit 1 returning d", MARIADB);
        assertThat(one.several()).isFalse();
        assertThat(one.returning()).hasSize(1);
    }

    @Test
    void hintsThatChangeSettingsAreRefused() {
        assertThat(read("select /*+ NO_BNL(t) */ a from t", MYSQL)).isInstanceOf(Select.class);
        refused("select /*+ SET_VAR(sql_mode='ANSI') */ a from t", MYSQL);
    }

    /** Each quoted name is somewhere in the tree. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select `a`.`b` `c`, `d`.`e`.* from `f`.`g` `h` natural join `i` where `j`(`k`) group by `l` with rollup "
                        + "having `m` order by `n` limit 1",
                "with recursive `a` (`b`) as (select 1 union select `c` from `a`) select * from `a`",
                "select * from (select `a` from `b`) as `c`, `d` use index (`e`), (`f` join `g` using (`h`))",
                "select sum(`a`) over `w` from `t` window `w` as (partition by `b` order by `c`)",
                "insert into `t` (`a`) select `b` from `c` on duplicate key update `d` = `e`",
                "update `t`, `u` set `t`.`a` = `u`.`b` where `c`",
                "delete `t` from `t` join `u` on `a` where `b`",
                "select case `a` when `b` then `c` else `d` end, cast(`e` as char), (`f`, `g`) = (select `h`, `i`)",
                "(select `a` from `b`) union (values (`c`)) order by `d`",
                "select * from json_table(`a`, '$[*]' columns (`b` int path '$.b', nested path '$' columns (`c` for ordinality))) `d`",
                "select `a` from `t` for update",
            })
    void noNameIsLost(String sql) {
        assertThat(MySqlTree.names(sql, MARIADB)).containsAll(MySqlTree.quoted(sql, MARIADB));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select",
                "select 1 2",
                "select from t",
                "select * from",
                "select a from t where",
                "select (1",
                "select a,, b",
                "insert into t",
                "insert into t values",
                "update t set",
                "delete t",
                "select * from t limit",
                "select a from t order a",
                "select 1 union",
                "select t.* x from t",
                "select a in () from t",
                "select case end",
                "select 1 into",
                "select 1; select 2",
            })
    void whatIsNoStatementIsRefused(String sql) {
        refused(sql, MARIADB);
    }

    @Test
    void depthIsBounded() {
        refused("select " + "not ".repeat(10_000) + "1", MARIADB);
        refused("select 1" + " = 1".repeat(10_000), MARIADB);
        SqlNode chain = read("select 1" + " or 1".repeat(10_000), MARIADB);
        assertThat(chain).isInstanceOf(Select.class);
    }
}
