package dev.gatehouse.gateway;

import dev.gatehouse.gateway.noninterference.Choices;
import dev.gatehouse.gateway.noninterference.Script;
import java.util.function.Supplier;

/** Ways past a result's rows: what is sent elsewhere, kept for later, run as code, or told about the tables. */
final class PgScripts {

    private PgScripts() {}

    static Script some(Choices choices, PgExpressions expressions, Supplier<String> query) {
        String column = choices.of(
                "email", "name", "salary::text", "city", "mail_key", "extra::text", "grade::text", "id::text");
        String one = "(select " + column + " from person where id = " + choices.of("5", "7") + ")";
        String cond =
                choices.of("email like 'user%left%'", "salary > 300", "id < 9", "grade = 'low'", "name like 'N%'");
        return switch (choices.below(24)) {
            case 0, 1 ->
                Script.of(
                        "begin",
                        "copy (" + query.get() + ") to stdout" + choices.of("", " csv header", " (format binary)"),
                        "rollback");
            case 2 ->
                Script.of("copy "
                        + choices.of("person", "person (id, name)", "person (id, email)", "orders", "event", "contact")
                        + " to stdout" + choices.of("", " csv", " (format binary)"));
            case 3, 4 ->
                Script.of(
                        "begin",
                        "declare c " + choices.of("", "scroll ", "binary ") + "cursor for " + query.get(),
                        "fetch " + choices.of("3", "all", "next") + " from c",
                        "move 1 from c",
                        "fetch 2 from c",
                        "rollback");
            case 5 ->
                Script.of(
                        "begin", "prepare s as " + query.get(), "execute s", "execute s", "rollback", "deallocate all");
            case 6, 7 ->
                Script.of(
                        "begin",
                        "explain "
                                + choices.of(
                                        "(costs off) ",
                                        "(analyze, costs off, timing off, summary off, buffers off) ",
                                        "(verbose, costs off) ",
                                        "(format json, costs off) ")
                                + query.get(),
                        "rollback");
            case 8 ->
                Script.of(
                        "create table copy_a as select id, " + column + " as v from person",
                        "select * from copy_a order by id",
                        "select count(*) from copy_a where v like '%left%'",
                        "drop table if exists copy_a");
            case 9 ->
                Script.of(
                        "select id, " + column + " as v into copy_b from person",
                        "table copy_b",
                        "drop table if exists copy_b");
            case 10 ->
                Script.of(
                        "create temp table copy_c (id int, v text)",
                        "insert into copy_c select id, " + column + " from person",
                        "select * from copy_c",
                        "drop table if exists copy_c");
            case 11 ->
                Script.of(
                        "create view copy_d as select id, " + column + " as v from person",
                        "select * from copy_d",
                        "select v || 'x' from copy_d",
                        "select count(*) from copy_d where v > 'm'",
                        "drop view if exists copy_d");
            case 12 ->
                Script.of(
                        "create materialized view copy_e as select id, " + column + " as v from person",
                        "select * from copy_e",
                        "drop materialized view if exists copy_e");
            case 13 ->
                Script.of(
                        "create function copy_f() returns text language sql as $$ select " + column
                                + " from person where id = 5 $$",
                        "select copy_f()",
                        "select 1 where copy_f() like '%left%'",
                        "insert into log (line) select copy_f()",
                        "select line from log",
                        "drop function if exists copy_f()",
                        "delete from log");
            case 14 ->
                Script.of(
                        "select "
                                + choices.of(
                                        "tell(5)",
                                        "keep(5)",
                                        "mail_of(5)",
                                        "describe(p) from person p where p.id = 5",
                                        "id, initial(" + column + ") from person where id = 5",
                                        "twice(id) from person where id = 5",
                                        "twice(salary) from person where id = 5",
                                        "id from people() where id = 5"),
                        "select line from log",
                        "delete from log");
            case 15 ->
                Script.of(
                        "do $$ begin "
                                + choices.of(
                                        "raise notice '%', " + one,
                                        "raise exception '%', " + one,
                                        "insert into log (line) select " + column + " from person; perform 1",
                                        "perform pg_sleep(0)",
                                        "if exists (select 1 from person where " + cond
                                                + ") then raise notice 'yes'; end if")
                                + "; end $$",
                        "select line from log",
                        "delete from log");
            case 16 ->
                Script.of(
                        "select set_config('my.x', " + one + ", false)",
                        "show my.x",
                        "select current_setting('my.x', true)",
                        "reset my.x");
            case 17 ->
                Script.of(
                        "select pg_advisory_lock(" + choices.of("id", "salary", "length(email)")
                                + ") from person where id = 5",
                        "select objid from pg_locks where locktype = 'advisory'",
                        "select pg_advisory_unlock_all()");
            case 18 ->
                Script.of("listen news", "select pg_notify('news', " + one + ")", "notify news, 'x'", "unlisten *");
            case 19 ->
                Script.of(
                        "select setval('tickets', " + choices.of("7", "salary", "length(email)")
                                + ") from person where id = 5",
                        "select last_value from tickets",
                        "select nextval('tickets')",
                        "select currval('tickets')",
                        "select setval('tickets', 1)");
            case 20 ->
                Script.of(
                        "select "
                                + choices.of(
                                        "most_common_vals",
                                        "histogram_bounds",
                                        "null_frac",
                                        "avg_width",
                                        "n_distinct",
                                        "attname",
                                        "correlation")
                                + " from pg_stats where tablename = 'person' order by attname",
                        "select count(*) from pg_stats where tablename = 'person' and "
                                + choices.of(
                                        "attname = 'email'", "avg_width > 10", "histogram_bounds::text like '%left%'"));
            case 21 ->
                Script.of("select "
                        + choices.of(
                                "query_to_xml('select " + column + " from person where " + cond + "', true, false, '')",
                                "table_to_xml('person', true, false, '')",
                                "relname, reltuples from pg_class where relname = 'person'",
                                "attname, attnotnull from pg_attribute where attrelid = 'person'::regclass",
                                "pg_get_viewdef('contact')",
                                "stxdmcv from pg_statistic_ext_data",
                                "conname, pg_get_constraintdef(oid) from pg_constraint where conrelid = 'person'::regclass order by 1",
                                "starelid::regclass, stavalues1::text from pg_statistic where starelid = 'person'::regclass",
                                "relname, n_live_tup from pg_stat_user_tables where relname = 'log'",
                                "column_name, data_type from information_schema.columns where table_name = 'person' order by 1",
                                "case when " + cond + " then pg_sleep(0) end from person where id = 5",
                                "count(pg_sleep(case when " + cond + " then 0.01 else 0 end)) from person",
                                "lo_from_bytea(0, convert_to(" + one + ", 'UTF8')) > 0",
                                "currval('tickets'), generate_series(1, length(" + one + "))"));
            case 22 ->
                Script.of(
                        "begin",
                        choices.of(
                                "create index on person (salary, name)",
                                "create unique index on person (name, salary)",
                                "create unique index on person (salary)",
                                "alter table person add check (salary > 200)",
                                "alter table person add check (" + cond + ")",
                                "alter table person alter email type int using length(email)",
                                "alter table person alter grade type text",
                                "alter table person alter name type text using email",
                                "alter table person add column e text generated always as (email) stored",
                                "analyze person",
                                "cluster person using person_pkey",
                                "alter table person add constraint u unique (salary)",
                                "create rule r as on update to orders do also insert into log (line) select email from person",
                                "create table part (like person including all)",
                                "alter table person alter salary set not null",
                                "create trigger t after update on orders for each row execute function noted()",
                                "truncate log",
                                "lock table person",
                                "alter table hr.review add foreign key (body) references person (email)",
                                "create policy p on person using (salary > 3)"),
                        "select " + choices.of("name", "e", "count(*)") + " from person"
                                + choices.of("", " where id = 5"),
                        "rollback");
            default ->
                Script.of(
                        "begin",
                        "set constraints all " + choices.of("deferred", "immediate"),
                        choices.of(
                                "delete from person where id = 60",
                                "update person set email = 'gone' where id = 5",
                                "insert into hr.review (id, author) values (901, 'user5@left.test')",
                                "update person set id = 700 where id = 58"),
                        choices.of("set constraints all immediate", "select 1"),
                        "rollback");
        };
    }
}
