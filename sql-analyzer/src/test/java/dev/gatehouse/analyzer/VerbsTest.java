package dev.gatehouse.analyzer;

import static dev.gatehouse.analyzer.Reading.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Command.Change;
import dev.gatehouse.firewall.statement.Command.Where;
import dev.gatehouse.firewall.statement.Effect.Use;
import dev.gatehouse.firewall.statement.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What all the other commands do. */
final class VerbsTest {

    @Test
    void transactionsAreControlled() {
        sql("BEGIN").is(Kind.BEGIN).complete().outputs();
        sql("begin isolation level serializable read only").is(Kind.BEGIN);
        sql("start transaction").is(Kind.BEGIN);
        sql("commit and chain").is(Kind.COMMIT);
        sql("end").is(Kind.COMMIT);
        sql("rollback to savepoint a").is(Kind.ROLLBACK);
        sql("savepoint a").is(Kind.SAVEPOINT);
        sql("release a").is(Kind.SAVEPOINT);
        sql("prepare transaction 'x'").is(Kind.COMMIT);
        sql("lock table orders in exclusive mode").is(Kind.LOCK).locks("orders");
    }

    @Test
    void settingsThatChangeTheReadingAreSaid() {
        sql("SET extra_float_digits = 3").is(Kind.SET).changes().complete();
        sql("SET application_name = 'x'").changes();
        sql("set local search_path to a, b").changes(Change.SEARCH_PATH);
        sql("set session \"search_path\" = 'a'").changes(Change.SEARCH_PATH);
        sql("set schema 'a'").changes(Change.SEARCH_PATH);
        sql("set role admin").changes(Change.SEARCH_PATH);
        sql("set session authorization x").changes(Change.SEARCH_PATH);
        sql("set session characteristics as transaction read only").changes();
        sql("set standard_conforming_strings = off").changes(Change.LEXING);
        sql("set names 'SJIS'").changes(Change.LEXING);
        sql("set client_encoding to 'SJIS'").changes(Change.LEXING);
        sql("reset all").is(Kind.RESET).changes(Change.SEARCH_PATH, Change.LEXING);
        sql("reset search_path").changes(Change.SEARCH_PATH);
        sql("discard all").changes(Change.SEARCH_PATH, Change.LEXING, Change.CATALOG);
        sql("select set_config('search_path', '', false)")
                .changes(Change.SEARCH_PATH)
                .blind(false);
        sql("select set_config('work_mem', $1, false)").changes();
        sql("select set_config($1, $2, false)").changes(Change.SEARCH_PATH, Change.LEXING);
        sql("select pg_catalog.set_config(s, 'x', false) from (select 'role' s) x")
                .changes(Change.SEARCH_PATH, Change.LEXING);
        sql("SHOW TRANSACTION ISOLATION LEVEL").is(Kind.SHOW).outputs("").complete();
    }

    @Test
    void copyIsReadByItsDirection() {
        sql("copy orders (id, note) from stdin with (freeze on)")
                .is(Kind.COPY_IN)
                .writes("orders")
                .uses(Use.WRITTEN, "orders.id", "orders.note");
        sql("copy person to stdout").is(Kind.COPY_OUT).reads("person");
        sql("copy person (id, email) to stdout csv").uses(Use.CARRIED, "person.id", "person.email");
        sql("copy (select email from users where ssn = '1') to stdout")
                .is(Kind.COPY_OUT, Kind.SELECT)
                .uses(Use.CARRIED, "users.email")
                .outputs();
        sql("copy person to '/tmp/x'").is(Kind.COPY_OUT, Kind.COPY_FILE);
        sql("copy person from program 'cat /etc/passwd'").is(Kind.COPY_IN, Kind.COPY_PROGRAM);
    }

    @Test
    void explainDoesWhatItExplains() {
        sql("explain (analyze, buffers) delete from orders")
                .is(Kind.EXPLAIN, Kind.DELETE)
                .where(Where.MISSING)
                .outputs("");
        sql("explain verbose select email from users")
                .is(Kind.EXPLAIN, Kind.SELECT)
                .reads("users");
    }

    @Test
    void whatHoldsAnotherCommandIsThatCommandToo() {
        sql("prepare p (int) as select email from users where id = $1")
                .is(Kind.PREPARE, Kind.SELECT)
                .outputs();
        sql("declare c no scroll cursor with hold for select ssn from users")
                .outputs()
                .uses(Use.RESULT, "users.ssn");
        sql("fetch all from c").is(Kind.FETCH).rowsUntold();
        sql("create temp table t as select email from users with no data")
                .is(Kind.CREATE, Kind.SELECT)
                .writes("t")
                .uses(Use.CARRIED, "users.email")
                .changes(Change.CATALOG);
        sql("create or replace view w (a) as select email from users with check option")
                .uses(Use.CARRIED, "users.email");
        sql("create materialized view m as select ssn from users").uses(Use.CARRIED, "users.ssn");
    }

    @Test
    void definitionsNameTheirTables() {
        sql("create table t (id int primary key, name text)")
                .is(Kind.CREATE)
                .writes("t")
                .complete();
        sql("create table t (id int default f())").incomplete();
        sql("alter table orders add primary key (id)")
                .is(Kind.ALTER)
                .writes("orders")
                .complete();
        sql("alter table orders rename to x").is(Kind.ALTER, Kind.RENAME);
        sql("drop table if exists orders, archive")
                .is(Kind.DROP)
                .writes("orders", "archive")
                .complete();
        sql("drop schema public cascade").is(Kind.DROP).incomplete();
        sql("truncate orders, only archive restart identity cascade")
                .is(Kind.TRUNCATE)
                .incomplete();
        sql("truncate table orders, archive").writes("orders", "archive").complete();
        sql("create unique index concurrently i on orders using btree (id)")
                .writes("orders")
                .complete();
        sql("vacuum (verbose) orders").is(Kind.VACUUM);
        sql("vacuum analyze orders")
                .is(Kind.VACUUM, Kind.ANALYZE)
                .writes("orders")
                .complete();
        sql("analyze orders (id), archive").is(Kind.ANALYZE).writes("orders", "archive");
        sql("comment on table orders is 'x'").is(Kind.COMMENT).changes(Change.CATALOG);
        sql("grant select on orders to public").is(Kind.GRANT).writes("orders").complete();
        sql("create function f() returns int language sql as 'select 1'")
                .is(Kind.CREATE)
                .incomplete();
        sql("call p(1)").is(Kind.CALL).incomplete().rowsUntold();
        sql("load 'x'").is(Kind.LOAD).incomplete();
    }

    @Test
    void literalsThatDecideAreNotIgnored() {
        sql("select email from users where id = 5").blind(true);
        sql("select email from users order by 1").blind(false);
        sql("select boss, count(*) from person group by 1").blind(false);
        sql("begin").blind(true);
        sql("set search_path = 'x'").blind(false);
        sql("copy (select 1) to stdout").blind(false);
        sql("select 1; set search_path = 'x'").blind(false);
    }

    @Test
    void namesBehindAChangeOfPathInOneTextAreNotResolved() {
        for (String change : List.of("set search_path = audit", "rollback", "commit", "select all_emails()")) {
            List<Command> commands = sql(change + "; select name from person").commands();
            assertThat(commands.get(1).complete()).as(change).isFalse();
        }
        assertThat(sql("begin; select name from person").commands().get(1).complete())
                .isTrue();
    }

    @Test
    void whatWouldTakeMinutesToReadIsNotRead() {
        sql("select " + "1+".repeat(500_000) + "1").opaque();
        sql("select " + "- ".repeat(500_000) + "1").opaque();
        sql("select 1 " + "union all select 1 ".repeat(50_000)).opaque();
        sql("select 1 where " + "1 = 1 or ".repeat(1_000) + "false").complete();
        StringBuilder doubling = new StringBuilder("with c0 as (select * from person)");
        for (int i = 1; i < 25; i++) {
            doubling.append(", c%d as (select * from c%d a, c%d b)".formatted(i, i - 1, i - 1));
        }
        sql(doubling + " select 1 from c24").opaque();
        String deep = "select 1 as a";
        for (int i = 0; i < 40; i++) {
            deep = "with recursive r%d as (select a from (%s) q union select a from r%d) select a from r%d"
                    .formatted(i, deep, i, i);
        }
        sql(deep).opaque();
    }
}
