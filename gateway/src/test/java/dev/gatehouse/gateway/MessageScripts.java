package dev.gatehouse.gateway;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Scripts of messages, one for each thing the protocol can do; a Sync and an empty query follow each of their batches. */
final class MessageScripts {

    private final Map<String, List<Batch>> scripts = new LinkedHashMap<>();

    private MessageScripts() {}

    /** The scripts by their names. */
    static Map<String, List<Batch>> all() {
        MessageScripts all = new MessageScripts();
        all.simple();
        all.extended();
        all.pipelines();
        all.transactions();
        all.namesInSqlAndProtocol();
        all.cursors();
        all.copies();
        all.settings();
        all.messagesOfTheServersOwn();
        return all.scripts;
    }

    private void script(String name, Batch... batches) {
        scripts.put(name, List.of(batches));
    }

    private void queries(String name, String... texts) {
        scripts.put(
                name,
                Stream.of(texts).<Batch>map(text -> raw -> raw.query(text)).toList());
    }

    private void simple() {
        queries("a row", "select 1 as one, null, 'x'::text, '\\x00ff'::bytea, array[1,2], row(1,'a')");
        queries("rows", "select * from item order by id");
        queries("no columns", "select");
        queries("a comment", "-- nothing", "/* nothing */", " ; ; ");
        queries("several statements", "select 1; select 2; insert into line values (1, 2); select count(*) from line");
        queries("several statements, the second fails", "select 1; select 1/0; select 2");
        queries(
                "several statements in one transaction",
                "begin; insert into line values (2, 2); select 1/0",
                "rollback");
        queries("a syntax error", "selec 1", "select 1 from", "select 'open", "select 1;; select ))");
        queries(
                "errors with all their fields",
                "select nothing from item",
                "select * from nowhere",
                "insert into item values (1, 'twice')",
                "insert into line values (99, 1)",
                "select 'x'::int",
                "select 1::nonsense",
                "select nosuch(1)",
                "insert into item (id) values (null)",
                "select fails('way')",
                "drop table nowhere",
                "update item set nosuch = 1",
                "select '2026-13-01'::date");
        queries(
                "DDL",
                "create table made (id int)",
                "alter table made add column b text default 'x'",
                "create index on made (b)",
                "insert into made values (1)",
                "select * from made",
                "truncate made",
                "drop table made",
                "select * from made");
        queries(
                "DML with RETURNING",
                "insert into item values (100, 'new', 3) returning *",
                "update item set price = price + 1 where id = 100 returning id, price",
                "delete from item where id = 100 returning item.*",
                "insert into item values (1, 'x') on conflict (id) do nothing returning id");
        queries(
                "DO and CALL",
                "do $$ begin raise notice 'hello'; perform 1; end $$",
                "create procedure twice(inout n int) language plpgsql as $$ begin n := n * 2; end $$",
                "call twice(21)",
                "drop procedure twice");
        queries(
                "EXPLAIN",
                "explain (costs off) select * from item where id = 1",
                "explain (costs off) delete from item");
        queries(
                "what only the server reads",
                "vacuum item",
                "analyze item",
                "checkpoint",
                "show work_mem",
                "lock table item",
                "comment on table item is 'things'",
                "cluster item",
                "reindex table item");
        queries(
                "large results",
                "select repeat('x', 100000) from generate_series(1, 20)",
                "select i, md5(i::text) from generate_series(1, 5000) i");
        queries("a text of the other kind of line", "select\r\n1\r\n", "\t select\n\n'a\nb'");
        queries("bytes beyond ASCII", "select 'æøå €', U&'\\0061', E'\\u00e6' as \"ø\"");
    }

    private void extended() {
        script("unnamed", raw -> run(raw, "select $1::int + 1", "41"), raw -> run(raw, "select $1", "text"));
        script("binary results", raw -> raw.parse(
                        "", "select id, name, price, true, now() - now() from item where id < $1::int")
                .bind("", "", 1, List.of("4"))
                .describe('P', "")
                .execute("", 0));
        script(
                "named",
                raw -> raw.parse("s", "select name from item where id = $1").describe('S', "s"),
                raw -> raw.bind("p", "s", 0, List.of("3")).describe('P', "p").execute("p", 0),
                raw -> raw.bind("p", "s", 0, List.of("4"))
                        .execute("p", 0)
                        .close('P', "p")
                        .close('S', "s"),
                raw -> raw.bind("p", "s", 0, List.of("5")).execute("p", 0));
        script("a name that is taken", raw -> raw.parse("s", "select 1").parse("s", "select 2"), raw -> raw.bind(
                        "", "s")
                .execute("", 0));
        script("row limits", raw -> raw.parse("", "select id from item order by id")
                .bind("", "")
                .execute("", 3)
                .execute("", 3)
                .execute("", 0)
                .execute("", 0));
        script(
                "a portal over several Syncs of a transaction",
                raw -> raw.query("begin"),
                raw -> raw.parse("", "select id from item order by id")
                        .bind("p", "")
                        .describe('P', "p")
                        .execute("p", 2),
                raw -> raw.execute("p", 2),
                raw -> raw.execute("p", 0),
                raw -> raw.query("commit"),
                raw -> raw.execute("p", 2));
        script(
                "a portal is gone after a Sync",
                raw -> raw.parse("", "select id from item order by id")
                        .bind("p", "")
                        .execute("p", 2),
                raw -> raw.execute("p", 2));
        script("DML with a row limit", raw -> raw.parse(
                        "", "insert into line select 1, i from generate_series(1,3) i returning *")
                .bind("", "")
                .execute("", 1)
                .execute("", 0));
        script(
                "what gives no rows",
                raw -> run(raw, "set work_mem = '5MB'"),
                raw -> run(raw, "create table void (id int)"),
                raw -> run(raw, "drop table void"),
                raw -> raw.parse("", "begin")
                        .describe('S', "")
                        .bind("", "")
                        .describe('P', "")
                        .execute("", 0),
                raw -> run(raw, "commit"));
        script(
                "errors by message",
                raw -> raw.parse("", "selec 1"),
                raw -> raw.parse("", "select $1 + $2 from nowhere"),
                raw -> raw.bind("", "nobody"),
                raw -> raw.execute("nobody", 0),
                raw -> raw.describe('S', "nobody"),
                raw -> raw.describe('P', "nobody"),
                raw -> raw.close('S', "nobody").close('P', "nobody"),
                raw -> raw.parse("", "select $1::int").bind("", ""),
                raw -> raw.parse("", "select 1; select 2"),
                raw -> raw.parse("", "select $1::int").bind("", "", 0, List.of("x")),
                raw -> raw.parse("", "select 1/$1::int")
                        .bind("", "", 0, List.of("0"))
                        .execute("", 0));
        script(
                "types are found by the server",
                raw -> raw.parse("s", "insert into item values ($1, $2, $3) returning id")
                        .describe('S', "s"),
                raw -> raw.parse("t", "select * from item where id = any($1) and name like $2 limit $3")
                        .describe('S', "t"),
                raw -> raw.parse("u", "select $1").describe('S', "u"));
        script("Flush", raw -> raw.parse("", "select 1")
                .flush()
                .bind("", "")
                .flush()
                .describe('P', "")
                .flush()
                .execute("", 0)
                .flush());
        script(
                "the table changes under a prepared statement",
                raw -> raw.query("create table shape (a int)"),
                raw -> raw.parse("s", "select * from shape").bind("", "s").execute("", 0),
                raw -> raw.query("alter table shape add column b int"),
                raw -> raw.bind("", "s").execute("", 0),
                raw -> raw.query("drop table shape"),
                raw -> raw.bind("", "s").execute("", 0));
    }

    private void pipelines() {
        script("one Sync", raw -> {
            run(raw, "select 1");
            run(raw, "select 2");
            run(raw, "insert into line values (3, 3)");
        });
        script(
                "a failure within",
                raw -> {
                    run(raw, "insert into line values (4, 4)");
                    run(raw, "select 1/0");
                    run(raw, "select 3");
                },
                raw -> run(raw, "select count(*) from line where item = 4"));
        script(
                "a Parse that fails within",
                raw -> {
                    run(raw, "select 1");
                    raw.parse("kept", "select 2");
                    run(raw, "selec 3");
                    raw.parse("lost", "select 4");
                },
                raw -> raw.bind("", "kept").execute("", 0),
                raw -> raw.bind("", "lost").execute("", 0));
        script("many Syncs", raw -> {
            for (String text : List.of("select 1", "select 1/0", "select 3", "selec 4", "select 5")) {
                run(raw, text);
                raw.sync();
            }
        });
        script("simple among extended", raw -> {
            raw.query("select 1");
            run(raw, "select 2");
            raw.sync().query("select 3; select 4");
            run(raw, "select 5");
            raw.sync().query("select 6");
        });
        script(
                "a simple query that is skipped",
                raw -> {
                    run(raw, "select 1/0");
                    raw.skippedQuery("select 2");
                    run(raw, "select 3");
                },
                raw -> raw.query("select 4"));
        script(
                "transactions within",
                raw -> {
                    run(raw, "begin");
                    run(raw, "insert into line values (5, 5)");
                    run(raw, "commit");
                    run(raw, "select 1/0");
                },
                raw -> run(raw, "select count(*) from line where item = 5"));
        script("a hundred", raw -> {
            for (int i = 0; i < 100; i++) {
                run(raw, "select $1::int", Integer.toString(i));
            }
        });
        script("a statement made, closed and made again", raw -> raw.parse("s", "select 1")
                .bind("", "s")
                .execute("", 0)
                .close('S', "s")
                .parse("s", "select 'two'")
                .bind("", "s")
                .describe('P', "")
                .execute("", 0)
                .close('S', "s"));
    }

    private void transactions() {
        queries("a failed transaction", "begin", "select 1/0", "select 1", "commit", "select 2");
        queries("savepoints", "begin", "savepoint a", "select 1/0", "rollback to a", "select 1", "release a", "commit");
        queries("warnings", "commit", "rollback", "begin", "begin", "commit", "savepoint s");
        queries(
                "characteristics",
                "begin isolation level serializable read only",
                "insert into line values (1, 1)",
                "rollback",
                "start transaction",
                "set transaction isolation level repeatable read",
                "show transaction_isolation",
                "abort");
        queries("chains", "begin", "commit and chain", "select 1", "rollback and chain", "end");
        queries(
                "two phases",
                "begin",
                "insert into line values (6, 6)",
                "prepare transaction 'x'",
                "rollback prepared 'x'");
        script(
                "extended in a failed transaction",
                raw -> raw.query("begin"),
                raw -> run(raw, "select 1/0"),
                raw -> run(raw, "select 1"),
                raw -> raw.parse("", "rollback").bind("", "").execute("", 0),
                raw -> run(raw, "select 1"));
    }

    private void namesInSqlAndProtocol() {
        queries(
                "PREPARE",
                "prepare p (int) as select name from item where id = $1",
                "execute p (3)",
                "execute p (4)",
                "execute p",
                "execute p ('x')",
                "execute nobody",
                "deallocate p",
                "execute p (3)",
                "deallocate p",
                "prepare p as select 1; execute p; deallocate p");
        script(
                "prepared in SQL, bound by message",
                raw -> raw.query("prepare p (int) as select name from item where id = $1"),
                raw -> raw.describe('S', "p"),
                raw -> raw.bind("", "p", 0, List.of("7")).describe('P', "").execute("", 0),
                raw -> raw.close('S', "p"),
                raw -> raw.query("execute p (7)"));
        script(
                "parsed by message, executed in SQL",
                raw -> raw.parse("q", "select name from item where id = $1"),
                raw -> raw.query("execute q (8)"),
                raw -> raw.query("deallocate q"),
                raw -> raw.bind("", "q", 0, List.of("8")).execute("", 0));
        script(
                "DEALLOCATE ALL",
                raw -> raw.parse("q", "select 1"),
                raw -> raw.query("prepare p as select 2"),
                raw -> raw.query("deallocate all"),
                raw -> raw.bind("", "q").execute("", 0),
                raw -> raw.query("execute p"));
        script("DISCARD ALL", raw -> raw.parse("q", "select 1"), raw -> raw.query("discard all"), raw -> raw.bind(
                        "", "q")
                .execute("", 0));
        script(
                "other statements survive PREPARE",
                raw -> raw.parse("q", "select 1"),
                raw -> raw.query("prepare p as select 2"),
                raw -> raw.bind("", "q").execute("", 0),
                raw -> raw.bind("", "p").execute("", 0));
        script(
                "PREPARE that fails",
                raw -> raw.parse("q", "select 'first'"),
                raw -> raw.query("prepare q as select 'second'"),
                raw -> raw.bind("", "q").execute("", 0));
        script(
                "other statements survive DO",
                raw -> raw.parse("q", "select 1"),
                raw -> raw.query("do $$ begin end $$"),
                raw -> raw.bind("", "q").execute("", 0));
        script(
                "PREPARE in a transaction that fails",
                raw -> raw.query("begin; prepare p as select 1; select 1/0"),
                raw -> raw.query("rollback"),
                raw -> raw.bind("", "p").execute("", 0));
    }

    private void cursors() {
        queries(
                "a cursor",
                "begin",
                "declare c scroll cursor for select id, name from item order by id",
                "fetch c",
                "fetch 3 from c",
                "fetch backward 2 in c",
                "fetch absolute 10 from c",
                "fetch relative -1 c",
                "move 2 in c",
                "fetch all c",
                "fetch prior from c",
                "close c",
                "fetch c",
                "rollback");
        queries(
                "a cursor that is held",
                "declare c cursor with hold for select id from item order by id",
                "fetch 2 from c",
                "close all",
                "fetch c");
        queries("a cursor outside a transaction", "declare c cursor for select 1");
        script(
                "a cursor of SQL's, executed by message",
                raw -> raw.query("begin"),
                raw -> raw.query("declare c cursor for select id, name from item order by id"),
                raw -> raw.describe('P', "c"),
                raw -> raw.execute("c", 2),
                raw -> raw.execute("c", 0),
                raw -> raw.close('P', "c"),
                raw -> raw.query("fetch c"),
                raw -> raw.query("rollback"));
        script(
                "a portal, fetched in SQL",
                raw -> raw.query("begin"),
                raw -> raw.parse("", "select id from item order by id")
                        .bind("p", "")
                        .execute("p", 2),
                raw -> raw.query("fetch 2 from p"),
                raw -> raw.execute("p", 1),
                raw -> raw.query("close p"),
                raw -> raw.execute("p", 1),
                raw -> raw.query("rollback"));
        queries(
                "a cursor changed where it stands",
                "begin",
                "declare c cursor for select * from item order by id for update",
                "fetch c",
                "update item set price = 9 where current of c",
                "delete from line where current of c",
                "rollback");
        script(
                "cursors by the extended protocol",
                raw -> run(raw, "begin"),
                raw -> run(raw, "declare c cursor for select id from item"),
                raw -> run(raw, "fetch 2 from c"),
                raw -> run(raw, "close c"),
                raw -> run(raw, "commit"));
    }

    private void copies() {
        script(
                "COPY in",
                raw -> raw.query("copy line from stdin")
                        .copyData("1\t10\n2\t")
                        .copyData("20\n")
                        .copyDone(),
                raw -> raw.query("select * from line where amount in (10, 20)"));
        script(
                "COPY in that the client ends",
                raw -> raw.query("copy line from stdin").copyData("1\t10\n").copyFail("changed my mind"));
        script(
                "COPY in that the server ends",
                raw -> raw.query("copy line from stdin")
                        .copyData("x\ty\n")
                        .copyData("1\t1\n")
                        .copyDone(),
                raw -> raw.query("select 1"));
        script(
                "COPY in that cannot begin",
                raw -> raw.query("copy nowhere from stdin").copyData("1\t1\n").copyDone(),
                raw -> raw.query("select 1"));
        script("COPY in, CSV", raw -> raw.query("copy line (amount, item) from stdin with (format csv, header)")
                .copyData("amount,item\n5,1\n")
                .copyDone());
        script(
                "COPY in by the extended protocol",
                raw -> raw.parse("", "copy line from stdin")
                        .bind("", "")
                        .execute("", 0)
                        .copyData("1\t11\n")
                        .copyDone(),
                raw -> raw.query("select 1"));
        script(
                "COPY in by the extended protocol, failing",
                raw -> raw.parse("", "copy line from stdin")
                        .bind("", "")
                        .execute("", 0)
                        .copyData("x\n")
                        .copyDone(),
                raw -> raw.query("select 1"));
        queries(
                "COPY out",
                "copy (select id, name from item order by id) to stdout",
                "copy item to stdout with (format csv, header)",
                "copy item (id) to stdout binary",
                "copy (select 1/0) to stdout",
                "copy nowhere to stdout",
                "copy (insert into line values (7, 7) returning *) to stdout");
        script("COPY out by the extended protocol", raw -> run(raw, "copy item to stdout"));
        script(
                "COPY in several statements",
                raw -> raw.query("select 1; copy line from stdin; select 2")
                        .copyData("1\t12\n")
                        .copyDone(),
                raw -> raw.query("copy (select 1) to stdout; copy (select 2) to stdout"));
        script(
                "COPY in twice in one text",
                raw -> raw.query("copy line from stdin; copy line from stdin")
                        .copyData("1\t13\n")
                        .copyDone()
                        .copyData("1\t14\n")
                        .copyDone(),
                raw -> raw.query("select 1"));
        script(
                "data nobody asked for",
                raw -> raw.copyData("1\n").copyDone(),
                raw -> raw.copyFail("nothing"),
                raw -> raw.query("select 1"));
    }

    private void settings() {
        queries(
                "SET",
                "set application_name = 'x'",
                "set timezone = 'Asia/Tokyo'",
                "show timezone",
                "reset timezone",
                "set datestyle = 'German'",
                "reset all",
                "set local work_mem = '1MB'",
                "set nonsense = 1",
                "set my.own = 'x'",
                "show my.own");
        queries(
                "search_path",
                "set search_path = other, public",
                "select * from item",
                "begin",
                "set local search_path = public",
                "select id from item where id = 1",
                "commit",
                "select count(*) from item",
                "select set_config('search_path', 'public', false)",
                "select id from item where id = 2",
                "reset search_path");
        queries(
                "escapes",
                "set standard_conforming_strings = off",
                "select 'a\\nb'",
                "set escape_string_warning = off",
                "select 'a\\tb'",
                "reset standard_conforming_strings",
                "select 'a\\nb'");
        queries(
                "encodings",
                "set client_encoding = 'LATIN1'",
                "select 'x'",
                "show client_encoding",
                "reset client_encoding",
                "select 'æ'");
        queries(
                "roles",
                "create role somebody",
                "set role somebody",
                "select current_user",
                "select 1 from item",
                "reset role",
                "set session authorization somebody",
                "select session_user",
                "reset session authorization",
                "drop role somebody");
        queries(
                "read only",
                "set default_transaction_read_only = on",
                "insert into line values (1, 1)",
                "set default_transaction_read_only = off");
        queries(
                "temporary tables",
                "create temp table item (other text)",
                "insert into item values ('x')",
                "select * from item",
                "drop table item",
                "select count(*) from item",
                "create temp table mine (a int) on commit drop");
        queries(
                "a function that sets",
                        "create function paths() returns text language sql set search_path = other as 'select note from item'",
                "select paths()", "drop function paths");
    }

    private void messagesOfTheServersOwn() {
        queries(
                "NOTIFY",
                "listen news",
                "notify news, 'hello'",
                "select pg_notify('news', 'again')",
                "unlisten *",
                "notify news");
        queries(
                "notices",
                "select tells('you')",
                "do $$ begin raise warning 'careful'; end $$",
                "drop table if exists nowhere",
                "set client_min_messages = error",
                "select tells('nobody')",
                "reset client_min_messages");
        queries(
                "large objects",
                "begin",
                "select lo_create(990011)",
                "select lo_put(990011, 0, 'abc')",
                "select lo_get(990011)",
                "select lo_unlink(990011)",
                "rollback");
        queries(
                "advisory locks",
                "select pg_advisory_lock(1)",
                "select pg_advisory_unlock(1)",
                "select pg_advisory_unlock(1)");
        queries(
                "a cancelled statement",
                "set statement_timeout = 50",
                "select pg_sleep(5)",
                "reset statement_timeout",
                "select 1");
    }

    private static void run(RawFrames raw, String text, String... values) {
        raw.parse("", text).bind("", "", 0, List.of(values)).describe('P', "").execute("", 0);
    }
}
