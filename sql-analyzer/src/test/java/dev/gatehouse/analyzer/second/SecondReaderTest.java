package dev.gatehouse.analyzer.second;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.analyzer.lexer.PgLexer;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.analyzer.tree.Delete;
import dev.gatehouse.analyzer.tree.Form;
import dev.gatehouse.analyzer.tree.Insert;
import dev.gatehouse.analyzer.tree.Merge;
import dev.gatehouse.analyzer.tree.Select;
import dev.gatehouse.analyzer.tree.Update;
import dev.gatehouse.firewall.statement.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecondReaderTest {

    @Test
    void aQueryHasTheShapeOfTheTree() {
        SqlOrderBy ordered = (SqlOrderBy) read("select name n from users u where id = 3 order by n limit 2");
        Select select = (Select) ordered.query;
        assertThat(select.getSelectList().get(0)).hasToString("`name` AS `n`");
        assertThat(select.getFrom()).hasToString("`users` AS `u`");
        assertThat(select.getWhere()).hasToString("`id` = 3");
        assertThat(ordered.orderList).hasToString("`n`");
        assertThat(ordered.fetch).hasToString("2");
    }

    @Test
    void everyNameKnowsWhereItStood() {
        String sql = "select u.name, lower(\"Mail\") from s.users as u join teams t on t.id = u.team";
        List<String> misplaced = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        read(sql).accept(new SqlBasicVisitor<Void>() {
            @Override
            public Void visit(SqlIdentifier name) {
                for (int i = 0; i < name.names.size(); i++) {
                    int at = name.getComponentParserPosition(i).getColumnNum() - 1;
                    seen.add(name.names.get(i));
                    if (!sql.substring(at).replace("\"", "").startsWith(name.names.get(i))) {
                        misplaced.add(name.names.get(i));
                    }
                }
                return null;
            }
        });
        assertThat(misplaced).isEmpty();
        assertThat(seen).contains("name", "Mail", "s", "users", "u", "teams", "t", "id", "team");
    }

    @Test
    void literalsHaveTheirValues() {
        assertThat(item("'it''s'")).hasToString("'it''s'");
        assertThat(item("E'a\\nb'")).hasToString("'a\nb'");
        assertThat(item("$$o$$")).hasToString("'o'");
        assertThat(item("0x1F")).hasToString("31");
        assertThat(item("1_000.5")).hasToString("1000.5");
        assertThat(item("$2")).hasToString("?");
    }

    @Test
    void onlyIsSeen() {
        Select select = (Select) read("select * from only users");
        assertThat(Form.ONLY.is(select.getFrom())).isTrue();
    }

    @Test
    void aTargetOfSelectIntoIsSeen() {
        Select select = (Select) read("select * into fresh from users");
        assertThat(Form.INTO_TABLE.is(select.into())).isTrue();
        assertThat(((SqlCall) Objects.requireNonNull(select.into())).operand(0).toString())
                .isEqualTo("fresh");
    }

    @Test
    void aTypeBeforeAStringIsACast() {
        assertThat(item("date '2020-01-01'").getKind()).isEqualTo(SqlKind.CAST);
    }

    @Test
    void commasBindLessThanJoins() {
        Select select = (Select) read("select 1 from a, b join c on true, d");
        SqlJoin last = (SqlJoin) Objects.requireNonNull(select.getFrom());
        SqlJoin first = (SqlJoin) last.getLeft();
        SqlJoin inner = (SqlJoin) first.getRight();
        assertThat(List.of(last.getJoinType(), first.getJoinType(), inner.getJoinType()))
                .containsExactly(JoinType.COMMA, JoinType.COMMA, JoinType.INNER);
        assertThat(inner.getRight()).hasToString("c");
    }

    @Test
    void intersectBindsMoreThanUnion() {
        SqlCall union = (SqlCall) read("select 1 union select 2 intersect select 3 union all select 4");
        assertThat(union.getOperator().getName()).isEqualTo("UNION ALL");
        SqlCall left = union.operand(0);
        assertThat(((SqlCall) left.operand(1)).getOperator().getName()).isEqualTo("INTERSECT");
    }

    @Test
    void writesAreRead() {
        Insert insert = (Insert) read("insert into t as x (a, b) values (1, default), (2, 3)"
                + " on conflict (a) where a > 0 do update set b = excluded.b where x.a > 1 returning a as id");
        assertThat(insert.target()).hasToString("`t` AS `x`");
        assertThat(insert.columns()).hasToString("`a`, `b`");
        assertThat(Objects.requireNonNull(insert.conflict()).assignments()).isNotNull();
        assertThat(insert.returning()).hasToString("`a` AS `id`");
        Update update = (Update) read("update t set a = 1, b = 2 from s where s.id = t.id returning *");
        assertThat(update.assignments()).hasSize(2);
        assertThat(update.from()).hasToString("s");
        Delete delete = (Delete) read("delete from t using s, r where t.id = s.id");
        assertThat(delete.targets().get(0)).hasToString("t");
        assertThat(delete.several()).isFalse();
        Merge merge = (Merge) read("merge into t using s on t.id = s.id when matched and s.x then update set a = 1"
                + " when not matched then insert (a) values (s.a)");
        assertThat(merge.actions()).hasSize(2);
    }

    @Test
    void aWithItemMayWrite() {
        SqlWith with = (SqlWith) read("with gone as (delete from t returning id) select * from gone");
        assertThat(with.withList).hasSize(1);
        assertThat(((SqlWithItem) with.withList.get(0)).query).isInstanceOf(Delete.class);
    }

    @Test
    void operatorsThatJSqlParserDoesNotKnowStillHoldTheirOperands() {
        assertThat(item("a <@> b").toString()).contains("`a`", "`b`");
        assertThat(item("a operator(pg_catalog.~) b").toString()).contains("`a`", "`b`");
        assertThat(item("@ a").toString()).contains("`a`");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from (table users) as s(a, b)",
                "select * from a, only users",
                "select 1 from a left semi join b on true",
                "select top 3 * from users",
                "select normalize(a, nfc) from users",
                "select * from users qualify row_number() over () = 1",
                "select a from t1 join t2 join t3 on true on true",
                "select * from users tablesample system (1)",
                "create table t (a int)",
                "grant select on t to u",
                "select 1 select 2",
                "select * from t1 left join t2",
                "select t.* as x from t",
                "select a from t limit 1 union select b from u limit 2",
                "insert into foo values (123) foo",
                "select a.b.c.d.e.f.g from t limit 1 by a",
                "merge into t using s on true when not matched by source then delete into x",
            })
    void whatJSqlParserMakesMoreOrLessOfIsRefused(String sql) {
        assertThatThrownBy(() -> read(sql)).isInstanceOf(Unreadable.class);
    }

    @Test
    void noClientTextReachesTheParser() {
        Rendering rendering = Rendering.of(
                PgLexer.read("select \"a\"\"; drop\", 'x''; --', 1e1 from evil /* ' */ where $1", true),
                Words.of(Dialect.POSTGRESQL));
        assertThat(rendering.text()).isEqualTo("SELECT \"n1\" , 's3' , 5 FROM \"n7\" WHERE :p9 ");
    }

    @Test
    void aWordThatTheTreeDoesNotHoldIsMissed() {
        Rendering rendering = Rendering.of(PgLexer.read("select a, b from t", true), Words.of(Dialect.POSTGRESQL));
        rendering.name("\"n1\"");
        rendering.name("\"n5\"");
        assertThatThrownBy(rendering::refuseLost).isInstanceOfSatisfying(Unreadable.class, e -> assertThat(e.position())
                .isEqualTo(11));
    }

    @Test
    void aNameThatTheTextDoesNotHoldIsRefused() {
        Rendering rendering = Rendering.of(PgLexer.read("select a from t", true), Words.of(Dialect.POSTGRESQL));
        assertThatThrownBy(() -> rendering.name("\"n0\"")).isInstanceOf(Unreadable.class);
        assertThatThrownBy(() -> rendering.name("table")).isInstanceOf(Unreadable.class);
        assertThatThrownBy(() -> rendering.string("'n1'")).isInstanceOf(Unreadable.class);
        assertThatThrownBy(() -> rendering.number("7")).isInstanceOf(Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select %s1%s",
                "select f%s1%s",
                "select 1 where a in %s1%s",
                "select array %s1%s",
                "select 1 from %s t%s"
            })
    void deepNestingIsRefusedBeforeParsing(String shape) {
        String sql = String.format(shape, "(".repeat(61), ")".repeat(61));
        assertThatThrownBy(() -> read(sql))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("nested too deeply for the second parser");
    }

    @Test
    void longStatementsAreRefusedBeforeParsing() {
        String sql = "select " + "1, ".repeat(5_000) + "1";
        assertThatThrownBy(() -> read(sql)).isInstanceOf(Unreadable.class).hasMessageContaining("too long");
    }

    private static SqlNode item(String expression) {
        return ((Select) read("select " + expression)).getSelectList().get(0);
    }

    private static SqlNode read(String sql) {
        return SecondReader.read(PgLexer.read(sql, true), Dialect.POSTGRESQL);
    }
}
