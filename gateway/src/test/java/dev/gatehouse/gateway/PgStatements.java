package dev.gatehouse.gateway;

import dev.gatehouse.gateway.PgExpressions.Column;
import dev.gatehouse.gateway.PgExpressions.Source;
import dev.gatehouse.gateway.noninterference.Choices;
import dev.gatehouse.gateway.noninterference.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Scripts of PostgreSQL's dialect over the tables of {@link PgTwins}; the same ones for the same seed. */
final class PgStatements {

    private static final int DEPTH = 3;

    private final Choices choices;
    private final PgExpressions expressions;

    PgStatements(long seed) {
        this(seed, PgExpressions.TABLES);
    }

    private PgStatements(long seed, Map<String, List<Column>> tables) {
        choices = new Choices(seed);
        expressions = new PgExpressions(choices, tables);
    }

    /** A script of this seed that names no column that is protected, though it may name its table. */
    static Script open(long seed) {
        PgStatements statements = new PgStatements(seed, PgExpressions.OPEN);
        return Script.of("begin", statements.select(), "rollback")
                .in(statements.choices.of(Script.Form.SIMPLE, Script.Form.PREPARED, Script.Form.BINARY));
    }

    /** The script of this seed. */
    Script script() {
        int kind = choices.below(100);
        Script.Form form = choices.of(Script.Form.SIMPLE, Script.Form.SIMPLE, Script.Form.PREPARED, Script.Form.BINARY);
        if (kind < 5) {
            return Script.of("begin", failing(), "rollback").in(form);
        }
        if (kind < 8) {
            return Script.of(
                            conditional(),
                            "select last_value from tickets",
                            "select current_setting('my.x', true)",
                            "select line from log",
                            "reset my.x",
                            "delete from log")
                    .in(form);
        }
        if (kind < 55) {
            return Script.of("begin", query(2), "rollback").in(form);
        }
        if (kind < 72) {
            return Script.of("begin", change(), "rollback").in(form);
        }
        return PgScripts.some(choices, expressions, () -> query(1)).in(form);
    }

    /** A query of any form. */
    String query(int depth) {
        int kind = choices.below(20);
        if (depth <= 0 || kind < 12) {
            return select();
        }
        return switch (kind) {
            case 12 ->
                "(" + narrow() + ") " + choices.of("union", "union all", "intersect", "except", "except all") + " ("
                        + narrow() + ")" + choices.maybe(50, () -> " order by 1");
            case 13 ->
                "with c as " + choices.of("", "materialized ") + "(" + select() + ") select "
                        + choices.of("*", "c", "c::text", "count(*)", "to_jsonb(c)") + " from c";
            case 14 ->
                "with recursive r(n, v) as (select 1, " + choices.of("email", "name", "mail_key", "grade::text")
                        + " from person where id = " + choices.of("1", "5")
                        + " union all select n + 1, "
                        + choices.of("v", "substr(v, 2)", "v || 'x'", "(select p.city from person p where p.id = n)")
                        + " from r where " + choices.of("n < 4", "n < length(v) and n < 9", "n < 6")
                        + ") select * from r";
            case 15 -> "with w as (" + change() + ") select " + choices.of("*", "count(*)", "w") + " from w";
            case 16 -> "select * from (" + query(depth - 1) + ") s" + choices.maybe(30, () -> " limit 3");
            case 17 ->
                choices.of(
                                "table ",
                                "select * from ",
                                "select t from ",
                                "select t.* from ",
                                "select (t).* from ",
                                "select row_to_json(t) from ",
                                "select t::text from ",
                                "select (t.*)::text from ")
                        + expressions.table()
                        + choices.of(" t", " t", "");
            case 18 ->
                "values (1, " + expressions.any(List.of(new Source("person", List.of())), 0) + "), (2, (select "
                        + choices.of("email", "name", "salary::text") + " from person where id = 4))";
            default ->
                "select x." + choices.of("*", "v") + " from person p, lateral (select "
                        + choices.of("p.email", "p.name", "p.salary", "p.id + 1", "p.extra->>'age'") + " as v"
                        + choices.maybe(40, () -> " where p.id < 9") + ") x";
        };
    }

    private String narrow() {
        return "select "
                + choices.of("id, name", "id, email", "id, city", "salary, plan", "id, grade::text", "boss, mail_key")
                + " from person" + choices.maybe(60, () -> " where id < 9");
    }

    private String select() {
        List<Source> reach = new ArrayList<>();
        String from = from(reach);
        int shape = choices.below(10);
        String where = choices.maybe(70, () -> " where " + expressions.condition(reach, 2));
        if (shape < 2) {
            String key = expressions.name(reach);
            return "select " + key + ", " + choices.some(2, ", ", () -> expressions.aggregate(reach, 2)) + " from "
                    + from + where
                    + " group by " + choices.of(key, "rollup (" + key + ")", "1")
                    + choices.maybe(
                            20,
                            () -> " having "
                                    + choices.of("count(*) > 1", "max(" + expressions.name(reach) + "::text) > 'a'"))
                    + " order by 1";
        }
        if (shape < 4) {
            return "select " + choices.some(3, ", ", () -> expressions.aggregate(reach, 2)) + " from " + from + where;
        }
        String items = shape == 4
                ? expressions.window(reach, 2) + ", " + expressions.name(reach)
                : choices.some(
                        4, ", ", () -> choices.often(50) ? expressions.name(reach) : expressions.any(reach, DEPTH));
        return "select "
                + choices.maybe(8, () -> choices.of("distinct ", "distinct on (" + expressions.name(reach) + ") "))
                + items
                + " from " + from + where
                + choices.maybe(40, () -> " order by " + choices.of("1", "1", expressions.name(reach)))
                + choices.maybe(30, () -> " limit " + choices.of("3", "7", "3 offset 2"))
                + choices.maybe(4, () -> " for update");
    }

    private String from(List<Source> reach) {
        String first = source(reach);
        if (choices.often(65)) {
            return first;
        }
        String left = reach.get(0).alias();
        String second = source(reach);
        String right = reach.get(1).alias();
        return first + choices.of(" join ", " left join ", " full join ") + second + " on "
                + (choices.often(80) ? left + ".id = " + right + ".id" : expressions.condition(reach, 1));
    }

    private String source(List<Source> reach) {
        String alias = expressions.alias();
        if (choices.often(12)) {
            List<Source> inner = new ArrayList<>();
            String table = expressions.table();
            inner.add(new Source("i", expressions.columnsOf(table)));
            String text = "(select i.id, " + expressions.of(PgExpressions.Type.TEXT, inner, 2) + " as a, "
                    + expressions.of(PgExpressions.Type.NUMBER, inner, 2) + " as b from " + table + " i) ";
            reach.add(new Source(
                    alias,
                    List.of(
                            new Column("id", PgExpressions.Type.NUMBER),
                            new Column("a", PgExpressions.Type.TEXT),
                            new Column("b", PgExpressions.Type.NUMBER))));
            return text + alias;
        }
        String table = expressions.table();
        reach.add(new Source(alias, expressions.columnsOf(table)));
        return table + " " + alias + choices.maybe(2, () -> " tablesample system (100)");
    }

    /** A query in which something is evaluated, and noticed, or not, by values. */
    private String conditional() {
        String seen = choices.of(
                "nextval('tickets') > 0",
                "1 / (id - id) > 0",
                "set_config('my.x', 'seen', false) > ''",
                "(id - 5)::smallint * 30000::smallint > 0",
                "pg_notify('news', 'seen') is null",
                "keep(id) > 0");
        String hidden = choices.of(
                "salary > 300",
                "email like '%left%'",
                "grade = 'low'",
                "extra ? 'left'",
                "tags[1] = 'left5'",
                "(home).city < 'Town 3'",
                "born > '1960-01-01'");
        return "select "
                + choices.of(
                        hidden + " and " + seen,
                        hidden + " or " + seen,
                        "not (" + hidden + ") and (" + seen + ")",
                        "coalesce(nullif(" + hidden + ", true), " + seen + ")",
                        "(" + hidden + ") in (true, " + seen + ")",
                        "(" + hidden + ", " + seen + ") = (true, true)",
                        "bool_or(" + hidden + " and " + seen + ")",
                        "case when id > 0 then " + hidden + " and " + seen + " end")
                + " from person where id < 9";
    }

    /** A query that fails, if at all, by the values it computes with. */
    private String failing() {
        String value = choices.of(
                "1 / (salary - " + choices.of("131", "193", "100") + ")",
                "salary * 2000000",
                "salary + 2147483500",
                "cast(email as int)",
                "cast(extra->>'age' as smallint)",
                "left(email, 1)::int",
                "sqrt(score)",
                "ln(salary - 150)",
                "make_date(2000, 1, salary - 100)",
                "grade::text::int",
                "(home).street::int",
                "repeat(card, salary * 1000000)",
                "substr(card, 1, salary - 150)",
                "(tags)[1]::date",
                "exp(salary)",
                "power(10, salary)",
                "chr(salary - 131)",
                "born + salary * 10000000",
                "jsonb_set(extra, '{age,1}', '1')",
                "extra - 0",
                "to_number(email, '9')",
                "factorial(salary)",
                "convert_from(decode(email, 'base64'), 'UTF8')",
                "(email || '\\')::bytea",
                "('{' || email)::jsonb",
                "salary::smallint * 200::smallint");
        return choices.of(
                "select " + value + " from person where id < 9",
                "select id, name, " + value + " from person",
                "select count(*) from (select " + value + " as v from person offset 0) s",
                "select 1 from person order by id limit (select count(" + value + ") from person where id = 1)",
                "select array(select " + value + " from person where id = 1)",
                "with s as materialized (select " + value + " from person) select 1 from s",
                "select name from person where (" + value + ") is null or true");
    }

    /** A command that writes. */
    String change() {
        List<Source> person = List.of(new Source("person", expressions.columnsOf("person")));
        List<Source> orders = List.of(new Source("orders", expressions.columnsOf("orders")));
        String returning = choices.maybe(
                60,
                () -> " returning "
                        + choices.of(
                                "*",
                                "id",
                                "id, name",
                                "email",
                                "person::text",
                                "old.email, new.email",
                                expressions.any(person, 2)));
        String where = " where " + choices.of("id = 5", "id < 4", "id in (3, 4)", expressions.condition(person, 1));
        return choices.made(
                () -> "update person set "
                        + choices.of(
                                "name = 'New'",
                                "name = null",
                                "city = 'Else'",
                                "bonus = bonus + 1",
                                "bonus = 300",
                                "plan = 'pro'",
                                "email = 'new@x.test'",
                                "email = 'user5@left.test'",
                                "salary = 200",
                                "boss = 99",
                                "name = email",
                                "city = lower(name)",
                                "tags = array['q']",
                                "extra = '{}'",
                                "plan = 'Not Code!'",
                                "(name, city) = (select name, city from person p where p.id = 2)")
                        + where + returning,
                () -> "insert into person (id, name, email, salary, bonus) values "
                        + choices.of(
                                "(1000, 'A', 'a@x.test', 500, 1)",
                                "(1000, 'A', 'user5@left.test', 500, 1)",
                                "(1, 'A', null, 500, 1)",
                                "(1000, null, 'a@x.test', 500, 1)",
                                "(1000, 'A', null, 5, 10)",
                                "(1000, 'A', null, null, null)")
                        + choices.maybe(
                                30,
                                () -> " on conflict "
                                        + choices.of(
                                                "do nothing",
                                                "(id) do update set name = excluded.name",
                                                "(id) do update set name = person.email"))
                        + returning,
                () -> "insert into orders (id, person_id, note) "
                        + choices.of(
                                "select id + 1000, id, name from person",
                                "select id + 1000, id, email from person",
                                "values (1000, 5, 'n')",
                                "values (1000, 99, 'n')",
                                "select 1000 + id, id, city from contact where id < 5")
                        + choices.maybe(50, () -> " returning " + choices.of("*", "note", "id, note || 'x'")),
                () -> "delete from " + choices.of("orders", "hr.review") + choices.of(" where id = 5", " where id < 9")
                        + choices.maybe(60, () -> " returning *"),
                () -> "delete from person where id = " + choices.of("5", "60", "59") + returning,
                () -> "update orders set note = " + choices.of("'z'", "p.name", "p.email", "'n' || orders.id")
                        + " from person p where p.id = orders.person_id and orders.id < 9"
                        + choices.maybe(
                                60,
                                () -> " returning "
                                        + choices.of(
                                                "orders.*",
                                                "orders.id, p.name",
                                                "p.email",
                                                "p.id, " + expressions.any(orders, 2))),
                () ->
                        "merge into orders o using person p on o.person_id = p.id when matched and o.id < 5 then update set note = "
                                + choices.of("p.name", "p.email", "'m'")
                                + choices.of("", " when not matched then do nothing"),
                () -> "update " + choices.of("contact", "plain") + " set name = "
                        + choices.of("'V'", "null", "city", "email") + " where id = 5 returning *",
                () -> "update hr.review set at = at + 1" + choices.of("", " where id < 9") + " returning "
                        + choices.of("*", "id, at"),
                () -> "insert into hr.review (id, author) values (900, "
                        + choices.of("'user5@left.test'", "'nobody'", "null") + ")",
                () -> "update event set kind = 'k' where id = " + choices.of("3", "90") + " returning "
                        + choices.of("*", "id, kind"),
                () -> "update event set at = date '" + choices.of("2026-09-01", "2030-01-01")
                        + "' where id = 3 returning *");
    }
}
