package dev.gatehouse.analyzer;

import static dev.gatehouse.analyzer.Reading.sql;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By which columns' values a statement may fail, wherever in it they are computed with. */
final class FailuresTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1 / (salary - 5) from person",
                "select salary * 1000000 from person",
                "select -salary from person",
                "select salary::int from person",
                "select cast(salary as date) from person",
                "select sqrt(salary) from person",
                "select substr('abc', 1, salary) from person",
                "select round(1.5, salary), repeat('x', salary), chr(salary) from person",
                "select 'a' like salary from person",
                "select 'a' ~ salary from person",
                "select date_trunc(salary, current_date) from person",
                "select current_timestamp at time zone salary from person",
                "select x.v from (select salary + 1 as v, id from person) x",
                "select id from (select salary + 1 as v, id from person) x",
                "with x as materialized (select salary % 3 from person) select 1 from x",
                "select (select salary - 1 from person limit 1)",
                "select count(*) from person where salary / 2 > 0",
                "select id from person order by salary ^ 2",
                "update person set name = salary::date",
                "delete from person returning salary + 1",
                "select salary === 1 from person"
            })
    void whatHasNoResultForSomeValuesTests(String text) {
        sql(text).tests("person.salary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select salary, salary::text, cast(salary as varchar(3)) from person",
                "select name || salary, lower(name), length(name), name collate \"C\" from person",
                "select substring(name from 2), concat(name, salary), to_char(born, 'YYYY') from person",
                "select date_trunc('month', born), extract(year from born), born at time zone 'UTC' from person",
                "select coalesce(salary, 0), nullif(salary, 5), greatest(salary, 1) from person",
                "select case when salary > 3 then name end, salary in (1, 2), salary between 1 and 2 from person",
                "select sum(salary), avg(salary), min(name), count(salary), array_agg(name), string_agg(name, ',') from person",
                "select extra -> 'a', extra ->> 'b', extra @> '{}', extra ? 'a', tags[1], tags[1:2] from person",
                "select name like 'a%', name ~ '^a', name = any (tags) from person",
                "select row(name, salary), array[name], row_to_json(p), to_json(p) from person p",
                "select row_number() over (order by salary), lag(name) over (order by id) from person",
                "select 1 + 1, sqrt(2), '5'::int"
            })
    void whatHasAResultForEveryValueTestsNothing(String text) {
        sql(text).tests();
    }
}
