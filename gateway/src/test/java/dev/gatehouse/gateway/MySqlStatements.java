package dev.gatehouse.gateway;

import dev.gatehouse.gateway.MySqlExpressions.Column;
import dev.gatehouse.gateway.MySqlExpressions.Source;
import dev.gatehouse.gateway.noninterference.Choices;
import dev.gatehouse.gateway.noninterference.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Scripts of MySQL's and MariaDB's dialect over the tables of {@link MySqlTwins}; the same ones for the same seed. */
final class MySqlStatements {

    private static final int DEPTH = 3;

    private final Choices choices;
    private final MySqlExpressions expressions;
    private final boolean mariaDb;

    MySqlStatements(long seed, boolean mariaDb) {
        this(seed, mariaDb, MySqlExpressions.TABLES);
    }

    private MySqlStatements(long seed, boolean mariaDb, Map<String, List<Column>> tables) {
        this.choices = new Choices(seed);
        this.expressions = new MySqlExpressions(choices, tables);
        this.mariaDb = mariaDb;
    }

    /** A script of this seed that names no column that is protected, though it may name its table. */
    static Script open(long seed, boolean mariaDb) {
        MySqlStatements statements = new MySqlStatements(seed, mariaDb, MySqlExpressions.OPEN);
        return Script.of("begin", statements.select(), "rollback")
                .in(statements.choices.of(Script.Form.SIMPLE, Script.Form.PREPARED, Script.Form.BINARY));
    }

    /** The script of this seed. */
    Script script() {
        int kind = choices.below(100);
        Script.Form form = choices.of(Script.Form.SIMPLE, Script.Form.SIMPLE, Script.Form.PREPARED, Script.Form.BINARY);
        if (kind < 7) {
            return Script.of("begin", failing(), left(), "rollback").in(form);
        }
        if (kind < 11) {
            return Script.of("select @seen := 0", conditional(), "select @seen", "select last_insert_id()", left())
                    .in(form);
        }
        if (kind < 50) {
            return Script.of("begin", query(2), left(), "rollback").in(form);
        }
        if (kind < 72) {
            // BEGIN and ROLLBACK cannot be prepared by every server: what is not undone would stay.
            return Script.of(
                            "begin",
                            change(),
                            left(),
                            "select id, name, city, seen from person order by id",
                            "rollback")
                    .in(choices.of(
                            Script.Form.SIMPLE,
                            Script.Form.SIMPLE,
                            form == Script.Form.BINARY ? Script.Form.SIMPLE : form));
        }
        return MySqlWaysOut.some(choices, mariaDb, () -> query(1)).in(form);
    }

    /** What a statement has left for the next to find. */
    private String left() {
        return choices.of(
                "show warnings",
                "show count(*) warnings",
                "select @@warning_count",
                "show errors",
                "select row_count()",
                "select found_rows()",
                "select @@error_count, last_insert_id()",
                "show session status like 'Handler_read_next'",
                "show session status like 'Last_query_cost'",
                "select 1");
    }

    /** A query of any form. */
    String query(int depth) {
        int kind = choices.below(20);
        if (depth <= 0 || kind < 12) {
            return select();
        }
        return switch (kind) {
            case 12 ->
                "(" + narrow() + ") " + choices.of("union", "union all", "intersect", "except") + " (" + narrow() + ")";
            case 13 -> "with c as (" + select() + ") select " + choices.of("*", "count(*)", "c.*") + " from c";
            case 14 ->
                "with recursive r (n, v) as (select 1, cast(" + choices.of("email", "name", "mail_key", "grade")
                        + " as char(80)) from person where id = " + choices.of("1", "5")
                        + " union all select n + 1, "
                        + choices.of(
                                "v", "substr(v, 2)", "concat(v, 'x')", "(select p.city from person p where p.id = n)")
                        + " from r where " + choices.of("n < 4", "n < length(v) and n < 9", "n < 6")
                        + ") select * from r";
            case 15, 16 -> "select * from (" + query(depth - 1) + ") s";
            case 17 ->
                choices.of("select * from ", "select t.* from ", "select count(*) from ")
                        + expressions.table()
                        + choices.of(" t", " t use index ()", " t where t.id < 9", " t order by t.id");
            case 18 ->
                mariaDb
                        ? "values (1, 'x'), (2, (select " + choices.of("email", "name", "salary")
                                + " from person where id = 4))"
                        : choices.of(
                                "table " + expressions.table(),
                                "values row(1, 'x'), row(2, (select " + choices.of("email", "name", "salary")
                                        + " from person where id = 4))");
            default ->
                mariaDb
                        ? "select x.* from json_table((select extra from person where id = 5), '$' columns"
                                + " (a int path '$.age')) x"
                        : "select x." + choices.of("*", "v") + " from person p, lateral (select "
                                + choices.of("p.email", "p.name", "p.salary", "p.id + 1", "p.extra->>'$.age'") + " as v"
                                + choices.maybe(40, () -> " where p.id < 9") + ") x";
        };
    }

    private String narrow() {
        return "select "
                + choices.of("id, name", "id, email", "id, city", "salary, plan", "id, grade", "boss, mail_key")
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
                    + from + where + " group by " + choices.of(key, key + " with rollup", "1")
                    + choices.maybe(
                            20,
                            () -> " having "
                                    + choices.of("count(*) > 1", "max(" + expressions.name(reach) + ") > 'a'"));
        }
        if (shape < 4) {
            return "select " + choices.some(3, ", ", () -> expressions.aggregate(reach, 2)) + " from " + from + where;
        }
        String items = shape == 4
                ? expressions.window(reach, 2) + ", " + expressions.name(reach)
                : choices.some(
                        4, ", ", () -> choices.often(50) ? expressions.name(reach) : expressions.any(reach, DEPTH));
        String id = reach.get(0).alias() + ".id";
        boolean single = reach.size() == 1 && !from.contains("deep ");
        return "select "
                + choices.maybe(8, () -> "distinct ")
                + choices.maybe(4, () -> "sql_calc_found_rows ")
                + items
                + " from " + from + where
                + choices.maybe(
                        40,
                        () -> " order by "
                                + (choices.often(70)
                                        ? id + (single ? choices.maybe(50, () -> " limit 3") : "")
                                        : choices.of("1", expressions.name(reach))))
                + choices.maybe(3, () -> " for update");
    }

    private String from(List<Source> reach) {
        String first = source(reach);
        if (choices.often(65)) {
            return first;
        }
        String left = reach.get(0).alias();
        String second = source(reach);
        String right = reach.get(1).alias();
        return first + choices.of(" join ", " left join ", " right join ", " straight_join ") + second + " on "
                + (choices.often(80) ? left + ".id = " + right + ".id" : expressions.condition(reach, 1));
    }

    private String source(List<Source> reach) {
        String alias = expressions.alias();
        if (choices.often(12)) {
            String table = expressions.table();
            List<Source> inner = List.of(new Source("i", expressions.columnsOf(table)));
            String text = "(select i.id, " + expressions.of(MySqlExpressions.Type.TEXT, inner, 2) + " as a, "
                    + expressions.of(MySqlExpressions.Type.NUMBER, inner, 2) + " as b from " + table + " i) ";
            reach.add(new Source(
                    alias,
                    List.of(
                            new Column("id", MySqlExpressions.Type.NUMBER),
                            new Column("a", MySqlExpressions.Type.TEXT),
                            new Column("b", MySqlExpressions.Type.NUMBER))));
            return text + alias;
        }
        String table = expressions.table();
        reach.add(new Source(alias, expressions.columnsOf(table)));
        return table + " " + alias;
    }

    /** A query in which something is evaluated, and noticed, or not, by values. */
    private String conditional() {
        String seen = choices.of(
                "(@seen := 1)",
                "exp(1000) > 0",
                "1 / (id - id) > 0",
                "'x' + 0 = 0",
                "last_insert_id(7) > 0",
                "keep(id) > 0",
                "get_lock('seen', 0) > 1",
                "sleep(0) = 0",
                mariaDb ? "nextval(tickets) > 0" : "(@seen := @seen + 1)");
        String hidden = choices.of(
                "salary > 300",
                "email like '%left%'",
                "grade = 'low'",
                "json_contains_path(extra, 'one', '$.left')",
                "home < 'left street 5'",
                "score is true",
                "born > '1960-01-01'");
        return "select "
                + choices.of(
                        hidden + " and " + seen,
                        hidden + " or " + seen,
                        "not (" + hidden + ") and (" + seen + ")",
                        "coalesce(nullif(" + hidden + ", true), " + seen + ")",
                        "(" + hidden + ") in (true, " + seen + ")",
                        "if(" + hidden + ", " + seen + ", 0)",
                        "ifnull(nullif(" + hidden + ", true), " + seen + ")",
                        "max(" + hidden + " and " + seen + ")",
                        "case when id > 0 then " + hidden + " and " + seen + " end",
                        "elt(1 + (" + hidden + "), 0, " + seen + ")")
                + " from person where id < 9";
    }

    /** A query that fails or warns, if at all, by the values it computes with. */
    private String failing() {
        String value = choices.of(
                "1 / (salary - " + choices.of("131", "193", "100") + ")",
                "salary * 20000000000000000",
                "salary + 9223372036854775600",
                "cast(email as signed)",
                "cast(json_value(extra, '$.age') as decimal(1))",
                "left(email, 1) + 0",
                "-left(email, 1)",
                "sqrt(score)",
                "ln(salary - 150)",
                "makedate(2000, salary - 100)",
                "grade + 0",
                "cast(home as date)",
                "repeat(card, salary * 1000000)",
                "substr(card, 1, salary - 150)",
                "exp(salary * 3)",
                "pow(10, salary)",
                "char(salary using utf8mb4)",
                "born + interval salary * 100 year",
                "json_set(extra, concat('$', email), 1)",
                "json_extract(extra, email)",
                "json_extract(email, '$')",
                "unhex(email)",
                "extractvalue(1, concat('/', email))",
                "updatexml('<a/>', email, 'x')",
                "cast(salary - 300 as unsigned)",
                "photo + 0",
                "str_to_date(email, '%Y')",
                "inet_aton(email)",
                "convert(home using ascii)",
                "score is true",
                "name + email",
                "salary = email",
                "salary between 'a' and email",
                "case salary when email then 1 end",
                "ifnull(email, salary) + 0",
                "email and true",
                "not home",
                "bit_count(email)",
                "time(email)",
                "addtime(born, email)",
                "sec_to_time(salary * 1000000)",
                "period_add(salary, 1)",
                "elt(salary, 'x')",
                "lpad(email, salary * 1000000, 'x')",
                "space(salary * 1000000)",
                "weight_string(email)",
                "regexp_instr(name, home)",
                "name regexp card",
                "name like email escape 'ab'",
                "st_astext(photo)",
                "uuid_to_bin(email)",
                "aes_decrypt(photo, 'k')",
                "from_base64(email)",
                "convert_tz(born, email, 'UTC')",
                "date_format(email, '%Y')",
                "interval(email, 1, 2)",
                "field(email, 1, 2)",
                "find_in_set(email, 3)",
                "greatest(email, 1)",
                "least(born, email)",
                "coalesce(born, email) + interval 1 day",
                "truncate(email, 1)",
                "round(score, email)",
                "mod(salary, score)",
                "salary div score",
                "salary % score",
                "conv(email, 10, 99)");
        return choices.of(
                "select " + value + " from person where id < 9",
                "select id, name, " + value + " from person",
                "select count(*) from (select " + value + " as v from person order by id limit 99) s",
                "select max(" + value + ") from person",
                "select count(" + value + ") from person",
                "select (select " + value + " from person where id = 1)",
                "with s as (select " + value + " as v from person) select 1 from s",
                "select group_concat(" + value + " order by id) from person where id < 9",
                "select max(v) from (select " + value + " as v from person union all select null) s",
                "select name from person where (" + value + ") is null or true",
                "do (select " + value + " from person where id = 1)");
    }

    /** A command that writes. */
    private String change() {
        List<Source> person = List.of(new Source("person", expressions.columnsOf("person")));
        String where = " where " + choices.of("id = 5", "id < 4", "id in (3, 4)", expressions.condition(person, 1));
        String ignore = choices.maybe(25, () -> "ignore ");
        String returning = mariaDb
                ? choices.maybe(
                        40,
                        () -> " returning " + choices.of("*", "id", "id, name", "email", expressions.any(person, 2)))
                : "";
        String set = choices.of(
                "name = 'New'",
                "name = null",
                "city = 'Else'",
                "bonus = bonus + 1",
                "bonus = 131",
                "bonus = 'x'",
                "plan = 'pro'",
                "plan = 'much too long for it'",
                "email = 'new@x.test'",
                "email = 'user5@left.test'",
                "card = '4111 1007'",
                "salary = 255",
                "salary = '255x'",
                "boss = 99",
                "name = email",
                "city = lower(name)",
                "photo = 'left5'",
                "grade = 'low'",
                "grade = 'none'",
                "extra = '{}'",
                "extra = '{'",
                "mail_key = 'x'",
                "mail_key = default",
                "seen = now()",
                "id = id + 1000",
                "bonus = salary - 1",
                "name = concat(name, left(email, 40))");
        String rows = choices.of(
                "(1000, 'A', 'a@x.test', 500, 1)",
                "(1000, 'A', 'user5@left.test', 500, 1)",
                "(1000, 'A', 'user15@rightmost.test', 500, 1), (1001, 'B', null, null, 1)",
                "(1, 'A', null, 500, 1)",
                "(1000, null, 'a@x.test', 500, 1)",
                "(1000, 'A', null, 5, 10)",
                "(1000, 'A', null, '5x', null)",
                "(1000, 'A', null, null, null)",
                "(5, 'Name 5', 'user5@left.test', 255, 5)");
        return choices.made(
                () -> "update " + ignore + "person set " + set + where,
                () -> "update " + ignore + "person set " + set + where + " order by id limit 1",
                () -> "insert " + ignore + "into person (id, name, email, salary, bonus) values " + rows
                        + choices.maybe(
                                40,
                                () -> " on duplicate key update "
                                        + choices.of(
                                                "name = values(name)",
                                                "name = email",
                                                "email = values(email)",
                                                "salary = 255",
                                                "city = 'Dup'",
                                                "bonus = 131"))
                        + returning,
                () -> "replace into person (id, name, email, salary, bonus) values " + rows + returning,
                () ->
                        "replace into review (id, person_id, author, body, at) values (5, 5, 'user5@left.test', 'Body 5', '2026-01-06')",
                () -> "insert into orders (id, person_id, note) "
                        + choices.of(
                                "select id + 1000, id, name from person",
                                "select id + 1000, id, email from person",
                                "values (1000, 5, 'n')",
                                "values (1000, 99, 'n')",
                                "values (1000, 5, 'loud')",
                                "select 1000 + id, id, city from contact where id < 5"),
                () -> "delete from " + choices.of("orders", "review", "event")
                        + choices.of(" where id = 5", " where id < 9")
                        + (mariaDb ? choices.maybe(50, () -> " returning *") : ""),
                () -> "delete " + ignore + "from person where id = " + choices.of("5", "60", "59") + returning,
                () -> "delete p from person p join orders o on o.person_id = p.id where o.id = "
                        + choices.of("59", "3"),
                () -> "update orders join person p on p.id = orders.person_id set orders.note = "
                        + choices.of("'z'", "p.name", "p.email", "concat('n', orders.id)", "'loud'")
                        + " where orders.id < 9",
                () -> "update " + choices.of("contact", "plain", "rich") + " set name = "
                        + choices.of("'V'", "null", "'Name 5'") + " where id = 5",
                () -> "insert into rich (id, name) values (1000, 'x')",
                () -> "update review set at = at + interval 1 day" + choices.of("", " where id < 9"),
                () -> "update review set author = " + choices.of("'user5@left.test'", "'none'") + " where id = 5",
                () -> "insert " + ignore + "into review (id, author) values (900, "
                        + choices.of("'user5@left.test'", "'nobody'", "null") + ")",
                () -> "update event set kind = 'k' where id = " + choices.of("3", "90"),
                () -> "update event set at = '" + choices.of("2026-09-01", "2030-01-01") + "' where id = 3",
                () -> "update event set who = 'left5' where id = 5");
    }
}
