package dev.gatehouse.analyzer;

import static dev.gatehouse.analyzer.Reading.sql;

import dev.gatehouse.firewall.statement.Effect.Use;
import org.junit.jupiter.api.Test;

/** What columns are used for, by the part of the statement they stand in. */
final class UsesTest {

    @Test
    void whatTablesAreJoinedOnIsAJoin() {
        sql("select p.name from person p join users u on p.ssn = u.ssn and u.name > 'a' where u.email is null")
                .uses(Use.JOIN, "person.ssn", "users.ssn", "users.name")
                .uses(Use.PREDICATE, "users.email")
                .uses(Use.RESULT, "person.name");
        sql("select u.name from person p left join users u using (id)")
                .uses(Use.JOIN, "person.id", "users.id")
                .uses(Use.PREDICATE);
        sql("select count(*) from archive natural join users u")
                .uses(Use.JOIN, "archive.id", "users.id", "archive.name", "users.name", "archive.email", "users.email");
        sql("select 1 from person p, users u where p.id = u.id")
                .uses(Use.JOIN)
                .uses(Use.PREDICATE, "person.id", "users.id");
        sql("select 1 from person p join users u on p.id = (select max(o.person_id) from orders o where o.total > 1)")
                .uses(Use.JOIN, "person.id", "orders.person_id")
                .uses(Use.AGGREGATE, "orders.person_id")
                .uses(Use.PREDICATE, "orders.total");
        sql("merge into archive a using users u on a.id = u.id when matched and u.ssn is null then delete")
                .uses(Use.JOIN, "archive.id", "users.id")
                .uses(Use.PREDICATE, "users.ssn");
    }

    @Test
    void whatRowsAreSortedByIsAnOrder() {
        sql("select name n from person order by n, lower(email) desc nulls last")
                .uses(Use.ORDER, "person.name", "person.email")
                .uses(Use.RESULT, "person.name")
                .uses(Use.PREDICATE);
        sql("select name, ssn from person order by 2").uses(Use.ORDER, "person.ssn");
        sql("select row_number() over (partition by boss order by salary) from person")
                .uses(Use.ORDER, "person.salary")
                .uses(Use.GROUP, "person.boss")
                .uses(Use.RESULT);
        sql("select lag(name) over w from person window w as (partition by boss order by id)")
                .uses(Use.ORDER, "person.id")
                .uses(Use.GROUP, "person.boss")
                .uses(Use.RESULT, "person.name")
                .uses(Use.AGGREGATE);
        sql("select string_agg(name, ',' order by ssn) from person")
                .uses(Use.ORDER, "person.ssn")
                .uses(Use.AGGREGATE, "person.name")
                .uses(Use.RESULT, "person.name");
        sql("select percentile_cont(0.5) within group (order by salary) from person")
                .uses(Use.ORDER, "person.salary")
                .uses(Use.AGGREGATE, "person.salary")
                .uses(Use.RESULT, "person.salary");
        sql("select * from (select name from person order by salary limit 1) q").uses(Use.ORDER, "person.salary");
    }

    @Test
    void whatRowsAreTakenTogetherByIsAGroup() {
        sql("select boss, count(*) from person group by boss, lower(name) having max(salary) > 1")
                .uses(Use.GROUP, "person.boss", "person.name")
                .uses(Use.PREDICATE, "person.salary")
                .uses(Use.AGGREGATE, "person.salary")
                .uses(Use.RESULT, "person.boss");
        sql("select count(*) from person group by grouping sets ((boss), rollup (name, email))")
                .uses(Use.GROUP, "person.boss", "person.name", "person.email");
        sql("select distinct name from person").uses(Use.GROUP, "person.name").uses(Use.RESULT, "person.name");
        sql("select distinct on (ssn) name from person order by ssn, id")
                .uses(Use.GROUP, "person.ssn")
                .uses(Use.ORDER, "person.ssn", "person.id");
        sql("select name from person union select email from users").uses(Use.GROUP, "person.name", "users.email");
        sql("select name from person except select email from users").uses(Use.GROUP, "person.name", "users.email");
        sql("select name from person union all select email from users")
                .uses(Use.GROUP)
                .uses(Use.PREDICATE);
        sql("select name from person intersect all select email from users")
                .uses(Use.GROUP)
                .uses(Use.PREDICATE, "person.name", "users.email");
    }

    @Test
    void whatAnAggregateIsGivenIsAnAggregateAndInTheResultWhereItsValueIs() {
        sql("select sum(total), min(note) filter (where person_id = 1) from orders")
                .uses(Use.AGGREGATE, "orders.total", "orders.note")
                .uses(Use.RESULT, "orders.total", "orders.note")
                .uses(Use.PREDICATE, "orders.person_id");
        sql("select 1 from orders group by person_id having sum(total) > 1 order by max(note)")
                .uses(Use.AGGREGATE, "orders.total", "orders.note")
                .uses(Use.PREDICATE, "orders.total")
                .uses(Use.ORDER, "orders.note")
                .uses(Use.RESULT);
        sql("select s + 1 from (select sum(total) s, max(note) m from orders) q")
                .uses(Use.AGGREGATE, "orders.total", "orders.note")
                .uses(Use.RESULT, "orders.total");
        sql("select sum(case when note = 'x' then total end) over (partition by person_id) from orders")
                .uses(Use.AGGREGATE, "orders.note", "orders.total")
                .uses(Use.PREDICATE, "orders.note")
                .uses(Use.GROUP, "orders.person_id");
        sql("insert into archive (id) select max(id) from users")
                .uses(Use.AGGREGATE, "users.id")
                .uses(Use.CARRIED, "users.id")
                .uses(Use.RESULT);
        sql("select other.mine(distinct email) from users")
                .uses(Use.AGGREGATE, "users.email")
                .uses(Use.CARRIED, "users.email");
    }

    @Test
    void aCountTellsNothingOfTheValuesUnlessTheyAreDistinguished() {
        sql("select count(email) from users")
                .uses(Use.AGGREGATE, "users.email")
                .uses(Use.RESULT)
                .uses(Use.GROUP);
        sql("select count(distinct email) from users")
                .uses(Use.AGGREGATE, "users.email")
                .uses(Use.GROUP, "users.email");
        sql("select count(nullif(email, 'x')) from users")
                .uses(Use.AGGREGATE, "users.email")
                .uses(Use.PREDICATE, "users.email");
    }

    @Test
    void whatAFunctionOfRowsIsGivenDecidesAndIsInTheResult() {
        sql("select jsonb_each(payload) from orders")
                .uses(Use.PREDICATE, "orders.payload")
                .uses(Use.RESULT, "orders.payload");
    }

    @Test
    void whatAnUnknownFunctionIsGivenIsInItsResultToo() {
        sql("select all_emails(ssn) from users").uses(Use.CARRIED, "users.ssn").uses(Use.RESULT, "users.ssn");
        sql("select set_config('a.b', ssn, true) from users")
                .uses(Use.CARRIED, "users.ssn")
                .uses(Use.RESULT, "users.ssn");
        sql("select name from users where all_emails(ssn) = 'x' order by all_emails(email)")
                .uses(Use.CARRIED, "users.ssn", "users.email")
                .uses(Use.PREDICATE, "users.ssn", "?.?.?")
                .uses(Use.ORDER, "users.email", "?.?.?")
                .uses(Use.RESULT, "users.name");
    }

    @Test
    void aFunctionThatIsWrittenAsAFieldIsGivenTheRow() {
        sql("select a.all_emails from archive a")
                .uses(Use.CARRIED, "archive.id", "archive.name", "archive.email")
                .uses(Use.RESULT, "archive.id", "archive.name", "archive.email");
        sql("select (a).all_emails from archive a")
                .uses(Use.CARRIED, "archive.id", "archive.name", "archive.email")
                .uses(Use.RESULT, "archive.id", "archive.name", "archive.email");
    }

    @Test
    void aWriteOrdersAndJoinsLikeAQuery() {
        sql("update users u set name = p.name from person p join orders o on o.person_id = p.id where p.ssn = u.ssn")
                .uses(Use.JOIN, "orders.person_id", "person.id")
                .uses(Use.PREDICATE, "person.ssn", "users.ssn")
                .uses(Use.WRITTEN, "users.name");
        sql("delete from users where id in (select distinct on (boss) id from person order by boss, salary)")
                .uses(Use.GROUP, "person.boss")
                .uses(Use.ORDER, "person.boss", "person.salary")
                .uses(Use.PREDICATE, "users.id", "person.id");
    }
}
