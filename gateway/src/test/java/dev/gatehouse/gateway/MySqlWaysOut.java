package dev.gatehouse.gateway;

import dev.gatehouse.gateway.noninterference.Choices;
import dev.gatehouse.gateway.noninterference.Script;
import java.util.function.Supplier;

/** Ways past a result's rows: what is kept for later, run as code, or told about the tables. */
final class MySqlWaysOut {

    private MySqlWaysOut() {}

    static Script some(Choices choices, boolean mariaDb, Supplier<String> query) {
        String column = choices.of("email", "name", "salary", "city", "mail_key", "extra", "grade", "id");
        String one = "(select " + column + " from person where id = " + choices.of("5", "7") + ")";
        String cond =
                choices.of("email like 'user%left%'", "salary > 300", "id < 9", "grade = 'low'", "name like 'N%'");
        return switch (choices.below(22)) {
            case 0 ->
                Script.of(
                        "set @s = '" + query.get().replace("\\", "\\\\").replace("'", "''") + "'",
                        "prepare s from @s",
                        "execute s",
                        "deallocate prepare s");
            case 1, 2 ->
                Script.of(
                        "explain "
                                + (mariaDb
                                        ? choices.of("", "extended ", "format=json ")
                                        : choices.of("", "format=json ", "format=tree ", "analyze "))
                                + query.get(),
                        "show warnings");
            case 3 ->
                Script.of(
                        (mariaDb ? choices.of("analyze ", "analyze format=json ") : "explain analyze ") + query.get());
            case 4 ->
                Script.of(
                        "create table copy_a as select id, " + column + " as v from person",
                        "select * from copy_a order by id",
                        "select count(*) from copy_a where v like '%left%'",
                        "drop table if exists copy_a");
            case 5 ->
                Script.of(
                        "create temporary table copy_c (id int, v text)",
                        "insert into copy_c select id, " + column + " from person",
                        "select * from copy_c order by id",
                        "drop temporary table if exists copy_c");
            case 6 ->
                Script.of(
                        "create view copy_d as select id, " + column + " as v from person",
                        "select * from copy_d order by id",
                        "select count(*) from copy_d where v > 'm'",
                        "drop view if exists copy_d");
            case 7 ->
                Script.of(
                        "create function copy_f() returns text reads sql data return " + one,
                        "select copy_f()",
                        "select 1 from orders where copy_f() like '%left%'",
                        "drop function if exists copy_f");
            case 8 ->
                Script.of(
                        "select "
                                + choices.of(
                                        "keep(5)",
                                        "mail_of(5)",
                                        "mail_of(id) from orders where id < 3",
                                        "initial(" + column + ") from person where id = 5",
                                        "twice(id) from person where id = 5",
                                        "twice(salary) from person where id = 5"),
                        "select line from log",
                        "delete from log");
            case 9 ->
                Script.of(
                        "call " + choices.of("tell(5)", "tell_out(5, @x)", "tell(" + one + ")"),
                        "select @x",
                        "set @x = null");
            case 10 ->
                Script.of(
                        choices.of(
                                "set @x = " + one,
                                "select " + column + " into @x from person where id = 5",
                                "select @x := " + column + " from person where id = 5",
                                "do @x := " + one),
                        "select @x",
                        "select 1 from orders where @x like '%left%' limit 1",
                        "set @x = null");
            case 11 ->
                Script.of(
                        "set session "
                                + choices.of("sql_select_limit", "group_concat_max_len", "div_precision_increment")
                                + " = " + choices.of("9", one),
                        "select @@sql_select_limit, @@group_concat_max_len",
                        "set sql_select_limit = default, group_concat_max_len = default, div_precision_increment = default");
            case 12 ->
                Script.of(
                        "select get_lock(concat('l', " + choices.of("id", "salary", "email")
                                + "), 0) from person where id = 5",
                        "select is_free_lock('l255'), is_used_lock('luser5@left.test') is null",
                        "do release_all_locks()");
            case 13 ->
                Script.of(
                        "handler person open",
                        "handler person read "
                                + choices.of(
                                        "first",
                                        "by_salary first",
                                        "email_once = ('user5@left.test')",
                                        "`primary` = (5)",
                                        "`primary` > (5) where salary > 300",
                                        "first where " + cond,
                                        "`primary` next limit 3"),
                        "handler person read next",
                        "handler person close");
            case 14 ->
                mariaDb
                        ? Script.of(
                                "select setval(tickets, " + choices.of("7", "salary", "length(email)")
                                        + ") from person where id = 5",
                                "select nextval(tickets), lastval(tickets)",
                                "select next value for tickets",
                                "alter sequence tickets restart 1")
                        : Script.of(
                                "select last_insert_id(salary) from person where id = 5", "select last_insert_id()");
            case 15 ->
                Script.of("select "
                        + choices.of(
                                "table_name, engine from information_schema.tables where table_schema = database() and table_name = 'log'",
                                "column_name, data_type from information_schema.columns where table_schema = database() and table_name = 'person' order by ordinal_position",
                                "index_name, cardinality from information_schema.statistics where table_schema = database() and table_name = 'person' order by index_name",
                                "view_definition from information_schema.views where table_schema = database() order by table_name",
                                "partition_name, partition_method from information_schema.partitions where table_schema = database() and table_name = 'event'",
                                "constraint_name from information_schema.table_constraints where table_schema = database() order by 1",
                                "routine_definition from information_schema.routines where routine_schema = database() order by routine_name",
                                mariaDb
                                        ? "column_name, min_value, max_value from mysql.column_stats where db_name = database()"
                                        : "column_name, histogram from information_schema.column_statistics where schema_name = database()",
                                "sum(count_star) * 0 from performance_schema.table_io_waits_summary_by_table where object_schema = database()",
                                "if(" + cond + ", sleep(0.001), 0) from person where id = 5",
                                "benchmark(if(" + cond + ", 10, 1), 1) from person where id = 5",
                                "count(sleep(if(" + cond + ", 0.0001, 0))) from person"));
            case 16 ->
                Script.of(choices.of(
                        "show tables",
                        "show columns from person",
                        "describe contact",
                        "show index from person",
                        "show create table orders",
                        "show create view contact",
                        "show variables like 'sql_mode'",
                        "show create procedure tell",
                        "show collation like 'utf8mb4_bin'",
                        "checksum table person",
                        "check table person",
                        "show tables where " + one + " like 'a%'",
                        "show session status like 'Handler_read_rnd%'"));
            case 17 ->
                Script.of(
                        choices.of(
                                "create index tried on person (salary, name)",
                                "create unique index tried on person (salary)",
                                "alter table person add constraint tried check (salary > 200)",
                                "alter table person add constraint tried check (" + cond + ")",
                                "alter table person modify grade varchar(3)",
                                "alter table person add column tried varchar(80) as (email) stored",
                                "alter table person add unique tried (salary)",
                                "alter table person order by salary",
                                "alter table event reorganize partition event_a into (partition event_a values less than ('2026-07-01'))",
                                "create table tried like person",
                                "alter table review drop foreign key review_ibfk_1",
                                "analyze table person"),
                        "select count(*) from person",
                        "select id from person where id = 5");
            case 18 -> Script.of(query.get() + "; " + query.get(), "show warnings");
            case 19 ->
                Script.of(
                        "begin",
                        "load data local infile '"
                                + choices.of("900,A,user5@left.test", "5,Name 5,user5@left.test", "x") + "' "
                                + choices.of("", "ignore ", "replace ") + "into table "
                                + choices.of(
                                        "log fields terminated by ',' (id, line)",
                                        "person fields terminated by ',' (id, name)",
                                        "person fields terminated by ',' (id, name, email)"),
                        "show warnings",
                        "rollback");
            case 20 ->
                Script.of(
                        choices.of(
                                "lock tables person read",
                                "lock tables person read, orders write",
                                "flush tables person with read lock"),
                        "select id, name from person where id = 5",
                        "unlock tables");
            default ->
                Script.of(
                        "select match (home) against ('" + choices.of("left", "street", "left 5") + "')"
                                + choices.of("", " > 0", " * 100") + " from person where id < 9",
                        "select id from person where match (home) against ('left') order by id");
        };
    }
}
