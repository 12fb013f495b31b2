package dev.gatehouse.gateway;

import dev.gatehouse.gateway.noninterference.Script;
import java.util.ArrayList;
import java.util.List;

/** Every way by which values have been seen to get past the masks, or might be thought to, each at its shortest. */
final class MySqlChannels {

    private MySqlChannels() {}

    static List<Script> lines(boolean mariaDb) {
        List<Script> lines = new ArrayList<>(List.of(
                // A constraint compares what is written with what is there.
                Script.of(
                        "begin",
                        "insert into person (id, name, email) values (1000, 'A', 'user5@left.test')",
                        "rollback"),
                Script.of(
                        "begin",
                        "insert ignore into person (id, name, email) values (1000, 'A', 'user5@left.test')",
                        "show warnings",
                        "rollback"),
                Script.of(
                        "begin",
                        "insert into person (id, name, card) values (1000, 'A', '4111 1035 other')",
                        "rollback"),
                Script.of("begin", "update person set bonus = 150 where id = 1", "rollback"),
                Script.of("begin", "update plain set email = 'user5@left.test' where id = 1", "rollback"),
                Script.of("begin", "insert into review (id, author) values (901, 'user5@left.test')", "rollback"),
                Script.of("begin", "delete from person where id = 60", "rollback"),
                // A row that is given the values it has did not change.
                Script.of("begin", "update person set salary = 255 where id = 5", "rollback"),
                Script.of("begin", "update person set grade = 'high' where id = 5", "select row_count()", "rollback"),
                Script.of(
                        "begin",
                        "replace into review values (5, 5, 'user5@left.test', 'Body 5', '2026-01-06')",
                        "rollback"),
                Script.of(
                        "begin",
                        "insert into person (id, name) values (5, 'A') on duplicate key update salary = 255",
                        "rollback"),
                // What fails or warns for some values asks for the value.
                Script.of("select 1 / (salary - 131) from person where id = 1", "show warnings"),
                Script.of("select salary + 9223372036854775600 from person where id = 1"),
                Script.of("select extractvalue(1, concat('/', email)) from person where id = 5"),
                Script.of("do (select exp(salary * 3) from person where id = 5)"),
                Script.of("select json_extract(email, '$') from person where id = 5"),
                // Conditions, and what is evaluated only for some values.
                Script.of("select salary = 255 and sleep(0) from person where id = 5"),
                Script.of(
                        "select if(salary = 255, last_insert_id(7), 0) from person where id = 5",
                        "select last_insert_id()"),
                Script.of("select id from person where match (home) against ('left') order by id"),
                // Rows, however they are asked for.
                Script.of("select email, salary, photo from person order by id").in(Script.Form.BINARY),
                Script.of("select * from person order by id").in(Script.Form.PREPARED),
                Script.of("handler person open", "handler person read by_salary first", "handler person close"),
                Script.of("prepare s from 'select email from person order by id'", "execute s", "deallocate prepare s"),
                Script.of("select name from person where id = 5; select email from person where id = 5"),
                Script.of("explain select email from person where id = 5"),
                Script.of("call tell(5)"),
                Script.of("call tell_out(5, @x)", "select @x", "set @x = null"),
                Script.of("select keep(5)", "select line from log", "delete from log"),
                // What is sent or kept elsewhere.
                Script.of("select email into @x from person where id = 5", "select @x", "set @x = null"),
                Script.of("select get_lock(concat('l', salary), 0) from person where id = 5", "do release_all_locks()"),
                Script.of(
                        "create table copied as select email from person",
                        "select * from copied",
                        "drop table if exists copied"),
                Script.of("insert into log (line) select email from person", "select line from log", "delete from log"),
                Script.of("update orders set note = 'loud' where id = 5"),
                Script.of("checksum table person"),
                Script.of("show index from person")));
        if (mariaDb) {
            lines.add(Script.of(
                    "select setval(tickets, salary) from person where id = 5", "alter sequence tickets restart 1"));
            lines.add(Script.of("begin", "delete from review where id = 5 returning *", "rollback"));
            lines.add(Script.of("select json_detailed(extra) from person where id = 5"));
        } else {
            lines.add(Script.of("explain analyze select id from person where salary > 300"));
            lines.add(Script.of("table person order by id"));
        }
        return List.copyOf(lines);
    }
}
