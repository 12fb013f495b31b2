package dev.gatehouse.gateway;

import dev.gatehouse.gateway.noninterference.Script;
import java.util.List;

/** Every way by which values have been seen to get past the masks, or might be thought to, each at its shortest. */
final class PgChannels {

    private PgChannels() {}

    static List<Script> lines() {
        return List.of(
                // Details of errors that quote a row the statement does not show.
                Script.of("begin", "update person set name = null where id = 5", "rollback"),
                Script.of("begin", "update person set bonus = bonus + 5000 where id = 5", "rollback"),
                Script.of("begin", "update plain set name = null where id = 5", "rollback"),
                Script.of("begin", "delete from person where id = 5", "set constraints all immediate", "rollback"),
                Script.of("begin", "delete from person where id = 60", "commit"),
                Script.of("delete from person where id = 60").in(Script.Form.PREPARED),
                Script.of("begin", "update person set plan = 'pro' where id = 5", "rollback"),
                // Functions whose body is not known may keep what they read.
                Script.of("select keep(5)", "select line from log"),
                Script.of("select 1 from keep(5)", "select line from log"),
                Script.of("insert into orders (id, total) values (900, keep(5))", "select line from log"),
                Script.of("select tell(5)"),
                // What fails for some values asks for the value.
                Script.of("select 1 / (salary - 131) from person where id = 1"),
                Script.of("select id from person, lateral (select email::int as v offset 0) x where id = 1"),
                Script.of("with s as materialized (select salary * 10000000 from person) select 1 from s"),
                Script.of("select id, (extra->>'age')::smallint - 1 from person where id = 1"),
                Script.of("select substr(card, 1, salary - 150) from person"),
                Script.of(
                        "create view tried as select id, 1 / (salary - 131) as v from person",
                        "select id from tried",
                        "drop view tried"),
                // What is evaluated only for some values, and is noticed, asks for the value too.
                Script.of(
                        "select email = 'user5@left.test' and nextval('tickets') > 0 from person",
                        "select last_value from tickets"),
                Script.of(
                        "select email <> 'user5@left.test' or nextval('tickets') > 0 from person",
                        "select last_value from tickets"),
                Script.of(
                        "select coalesce(nullif(email, 'user5@left.test'), nextval('tickets')::text) from person where email is null or true",
                        "select last_value from tickets"),
                Script.of(
                        "select coalesce(nullif(salary, 131), nextval('tickets')) from person where salary is null or id = 1",
                        "select last_value from tickets"),
                Script.of(
                        "select coalesce(nullif(salary, 131), nextval('tickets')) from person where id = 1",
                        "select last_value from tickets"),
                Script.of("select email = 'user5@left.test' and 1 / (id - id) > 0 from person"),
                Script.of("select email in ('user5@left.test', (1 / (id - id))::text) from person where id = 5"),
                Script.of("select salary between 255 and 1 / (id - id) from person where id = 5"),
                Script.of("select (salary, 1 / (id - id)) = (255, 1) from person where id = 5"),
                Script.of(
                        "select (nullif(tags, array['left5']))[nextval('tickets')] from person where id = 5",
                        "select last_value from tickets"),
                Script.of("select bool_or(salary = 131 and pg_sleep(0) is not null) from person"),
                // A constraint compares what is written with what is there.
                Script.of(
                        "begin",
                        "insert into person (id, name, email, salary) values (1000, 'A', 'user5@left.test', 500)",
                        "rollback"),
                Script.of(
                        "begin",
                        "insert into person (id, name, email) values (1000, 'A', 'user5@left.test') on conflict do nothing",
                        "rollback"),
                Script.of("begin", "update person set email = 'user5@left.test' where id = 1", "rollback"),
                Script.of("begin", "update plain set email = 'user5@left.test' where id = 1", "rollback"),
                Script.of("begin", "update person set bonus = 150 where id = 1", "rollback"),
                Script.of("insert into hr.review (id, author) values (901, 'user5@left.test')"),
                Script.of(
                        "begin",
                        "insert into hr.review (id, author) values (901, 'user5@left.test')",
                        "set constraints all immediate",
                        "rollback"),
                Script.of(
                        "begin",
                        "merge into person p using (values (1000)) v(i) on p.id = v.i when not matched then insert"
                                + " (id, name, email) values (v.i, 'A', 'user5@left.test')",
                        "rollback"),
                // What a plan costs tells of values' widths and frequencies.
                Script.of("explain select email from person"),
                Script.of(
                        "explain (analyze, costs off, timing off, summary off, buffers off) select email from person order by id"),
                Script.of("explain (costs off) select email from person"),
                Script.of("explain (format json, costs 1) table person"),
                Script.of("explain select * from contact"),
                Script.of("explain (verbose, costs off) select email || 'x' from person where id = 5"),
                Script.of("explain (analyze) delete from person where id = 5"),
                // Rows, however they are asked for.
                Script.of("select * from event_a where id < 9").in(Script.Form.BINARY),
                Script.of("select who from only event"),
                Script.of("select a.*, a.tableoid::regclass from animal a"),
                Script.of("select (home).city, (home).*, tags[1], extra->'list' from person where id < 9"),
                Script.of("select p, p.*::text, row_to_json(p), to_jsonb(p) - 'id' from person p where id < 9"),
                Script.of("select describe(p), p.describe, describe(p.*) from person p where id < 9"),
                Script.of("select mail_key, kept from person join mails_kept using (id)"),
                Script.of(
                        "begin",
                        "declare c binary cursor for select email, id from person",
                        "fetch all from c",
                        "rollback"),
                Script.of(
                        "begin",
                        "declare c cursor with hold for select mail from contact",
                        "commit",
                        "fetch 3 from c",
                        "close c"),
                Script.of("prepare s as select email from person", "execute s", "deallocate s"),
                Script.of("begin", "delete from event where id = 5 returning *", "rollback"),
                Script.of("begin", "update person set city = 'X' where id = 5 returning old.*, new.email", "rollback"),
                Script.of("copy (select email from person) to stdout"),
                Script.of("copy person to stdout (format binary)"),
                Script.of("copy (select name from person order by id) to stdout"),
                // What is sent or kept elsewhere.
                Script.of("select set_config('my.x', (select email from person where id = 5), false)", "show my.x"),
                Script.of(
                        "select setval('tickets', salary) from person where id = 5", "select last_value from tickets"),
                Script.of("listen news", "select pg_notify('news', email) from person where id = 5", "unlisten news"),
                Script.of(
                        "select pg_try_advisory_lock(salary) from person where id = 5",
                        "select objid from pg_locks where locktype = 'advisory'"),
                Script.of("select lo_from_bytea(7777, email::bytea) from person where id = 5", "select lo_get(7777)"),
                Script.of("select query_to_xml('select email from person', true, false, '')"),
                Script.of(
                        "select most_common_vals, histogram_bounds, avg_width from pg_stats where tablename = 'person'"),
                Script.of("select stavalues1 from pg_statistic where starelid = 'person'::regclass"),
                Script.of("select * from pg_stats_ext"),
                Script.of("select count(*) from pg_stats where avg_width > 15"),
                Script.of("select pg_sleep(salary / 100000) from person where id = 5"),
                Script.of("select case when salary > 300 then pg_sleep(0.01) end from person where id = 5"),
                Script.of("do $$ begin raise notice '%', (select email from person where id = 5); end $$"),
                Script.of(
                        "do $$ begin if exists (select from person where salary = 131) then raise exception 'yes'; end if; end $$"),
                // What is made of the values, to be read later.
                Script.of(
                        "create table copied as select email from person",
                        "table copied",
                        "drop table if exists copied"),
                Script.of("select email into copied from person", "table copied", "drop table if exists copied"),
                Script.of("insert into log (line) select email from person", "select line from log"),
                Script.of(
                        "insert into log (line) values ((select email from person where id = 5))",
                        "select line from log"),
                Script.of(
                        "with e as (select email from person) insert into log (line) select e.email from e",
                        "select line from log"),
                Script.of(
                        "update orders set note = (select email from person p where p.id = person_id)",
                        "select note from orders"),
                Script.of(
                        "create function f() returns text language sql immutable as 'select email from person where id = 5'",
                        "select f()",
                        "explain (verbose, costs off) select f()",
                        "drop function if exists f()"),
                Script.of(
                        "begin",
                        "create function f() returns trigger language plpgsql as 'begin insert into log (line) values (old.email);"
                                + " return new; end'",
                        "create trigger t before update on person for each row execute function f()",
                        "update person set city = 'x' where id = 5",
                        "select line from log",
                        "rollback"),
                Script.of(
                        "begin",
                        "create rule r as on update to orders do also insert into log (line) select email from person",
                        "update orders set note = 'x' where id = 5",
                        "select line from log",
                        "rollback"),
                Script.of(
                        "begin", "create operator === (function = keeps, leftarg = text, rightarg = text)", "rollback"),
                Script.of("begin", "create cast (grade as int) with inout", "rollback"),
                // Definitions that the server checks against the rows.
                Script.of("begin", "alter table person add check (salary > 131)", "rollback"),
                Script.of("begin", "alter table person alter email type int using length(email)", "rollback"),
                Script.of("begin", "alter table person alter card type varchar(18)", "rollback"),
                Script.of("begin", "create unique index on person (name, salary)", "rollback"),
                Script.of("begin", "create unique index on person ((1 / (salary - 131)))", "rollback"),
                Script.of("begin", "alter table person add unique (salary)", "rollback"),
                Script.of(
                        "begin", "alter table hr.review add foreign key (body) references person (email)", "rollback"),
                Script.of(
                        "begin",
                        "create domain d as int check (value > 131)",
                        "alter table person alter salary type d",
                        "rollback"),
                Script.of("begin", "alter domain code add check (value <> 'pro')", "rollback"),
                Script.of("begin", "create table event_c partition of event default", "rollback"),
                Script.of(
                        "begin",
                        "create table late (like event)",
                        "alter table late add check (who > 'a')",
                        "rollback"),
                Script.of("begin", "alter table person validate constraint bonus_fits", "rollback"),
                Script.of("begin", "truncate person", "rollback"),
                Script.of(
                        "begin",
                        "alter table person add column e text generated always as (email) stored",
                        "select e from person",
                        "rollback"),
                Script.of(
                        "begin",
                        "alter table person rename email to plain_text",
                        "select plain_text from person",
                        "rollback"),
                Script.of(
                        "begin", "alter table person rename to people_now", "select email from people_now", "rollback"),
                Script.of("begin", "alter table plain rename column email to e", "select e from plain", "rollback"),
                Script.of("begin", "create table kept () inherits (person)", "select email from kept", "rollback"),
                Script.of(
                        "begin",
                        "create schema own",
                        "alter table person set schema own",
                        "select email from own.person",
                        "rollback"));
    }
}
