package dev.gatehouse.gateway;

import static dev.gatehouse.gateway.MySqlRawPackets.LAST;
import static dev.gatehouse.gateway.MySqlRawPackets.NO_CURSOR;
import static dev.gatehouse.gateway.MySqlRawPackets.READ_ONLY_CURSOR;

import dev.gatehouse.gateway.MySqlRawPackets.Value;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Scripts of commands, one for each thing the protocol can do; a query follows each of their batches. */
final class MySqlScripts {

    /** A column of each type both products have. */
    static final String TYPES =
            "t1 tinyint, u1 tinyint unsigned, s2 smallint, i3 mediumint, i4 int, u4 int unsigned, i8 bigint,"
                    + " u8 bigint unsigned, f float, d double, n decimal(10,3), da date, ti time(6), dt datetime(6),"
                    + " ts timestamp(3) null, y year, b bit(12), e enum('one','two'), st set('x','y'), c char(9),"
                    + " v varchar(300), bi binary(4), vb varbinary(9), tt tinytext, tx text, lt longtext, tb tinyblob,"
                    + " bl blob, lb longblob, j json";

    /** A value for each of them. */
    static final String VALUES = "-1, 255, -2, -3, -4, 4294967295, -5, 18446744073709551615, 1.5, -2.25, 12345.678,"
            + " '2024-02-29', '-838:59:58.000001', '2024-02-29 01:02:03.456789', '2024-02-29 01:02:03.456', 2024,"
            + " b'101', 'two', 'x,y', 'char', repeat('v', 251), 'bin', 'vbin', 'tiny', 'text', repeat('long', 20000),"
            + " 'tb', x'ff00', repeat('b', 70000), '{\"a\": 1}'";

    /** The script whose client ends the session. */
    static final String END = "the end";

    private static final Value ONE = Value.number(1);

    private final Map<String, List<MySqlBatch>> scripts = new LinkedHashMap<>();

    private MySqlScripts() {}

    /** The scripts by their names. */
    static Map<String, List<MySqlBatch>> all(MySqlProductUnderTest product) {
        MySqlScripts all = new MySqlScripts();
        if (product == MySqlProductUnderTest.MYSQL) {
            // MariaDB 11.4.5 dies of it.
            all.withoutTypes();
        }
        all.texts();
        all.errors();
        all.severalResults();
        all.transactions();
        all.settings();
        all.prepared();
        all.cursors();
        all.longData();
        all.everyType();
        all.files();
        all.commands();
        all.pipelines();
        all.preparedInSql();
        return all.scripts;
    }

    private void script(String name, MySqlBatch... batches) {
        scripts.put(name, List.of(batches));
    }

    private void queries(String name, String... texts) {
        scripts.put(
                name,
                Stream.of(texts).<MySqlBatch>map(text -> raw -> raw.query(text)).toList());
    }

    private void texts() {
        queries("a row", "select 1 as one, null, 'x', x'00ff', 1.5, 1e10, date '2026-01-01', true");
        queries("rows", "select * from item order by id");
        queries("no rows", "select * from item where id < 0", "select * from item limit 0");
        queries("a comment", "-- nothing", "/* nothing */", " ; ", "");
        queries("code in comments", "select 1 /*! + 1 */", "select 1 /*!99999 + 1 */", "select /*M! 2, */ 3");
        queries(
                "DDL",
                "create table made (id int auto_increment primary key)",
                "alter table made add column b text",
                "create index made_b on made (b(10))",
                "insert into made (b) values ('x'), ('y')",
                "select * from made",
                "show create table made",
                "truncate made",
                "rename table made to other_made",
                "drop table other_made",
                "drop table if exists other_made",
                "select * from made");
        queries(
                "DML",
                "insert into item values (100, 'new', 3)",
                "insert ignore into item values (100, 'again', 4)",
                "insert into item values (100, 'twice', 4) on duplicate key update price = price + 1",
                "replace into item values (100, 'replaced', 5)",
                "update item set price = price + 1 where id <= 3",
                "update item set price = price where id = 1",
                "delete from item where id = 100",
                "insert into counted (note) values ('a'), ('b')",
                "select last_insert_id()",
                "insert into item (id, name) values (101, 'r') returning id, name");
        queries(
                "what is counted",
                "select sql_calc_found_rows id from item limit 3",
                "update item set price = price + 1 where id <= 4",
                "do 1",
                "insert into counted (note) values ('a')");
        script(
                "what is counted behind it",
                raw -> raw.query("select sql_calc_found_rows id from item limit 3")
                        .query("select found_rows()"),
                raw -> raw.query("update item set price = price + 1 where id <= 4")
                        .query("select row_count()"),
                raw -> raw.query("insert into counted (note) values ('a')").query("select last_insert_id()"),
                raw -> raw.query("set names utf8mb4").query("select row_count(), found_rows()"),
                raw -> raw.query("use the_database").query("select row_count(), found_rows()"));
        queries(
                "what only the server reads",
                "analyze table item",
                "check table item",
                "optimize table line",
                "show variables like 'sql_mode'",
                "show columns from item",
                "show index from item",
                "lock tables item read",
                "select count(*) from item",
                "unlock tables",
                "explain select * from item where id = 1",
                "handler item open",
                "handler item read first",
                "handler item close",
                "flush tables item",
                "help 'nothing like it'");
        queries(
                "large results",
                "select repeat('x', 100000) from item",
                "select a.id, b.id, repeat('y', 30) from item a, item b, item c",
                "select repeat('z', 300), repeat('z', 70000)");
        queries("a text of the other kind of line", "select\r\n1\r\n", "\t select\n\n'a\nb'");
        queries("bytes beyond ASCII", "select 'æøå €', _latin1 x'e6', 'æ' as `ø`");
        queries("names of columns", "select id as `a\"b`, item.* , `line`.amount from item, line limit 2");
        queries(
                "views and derived tables",
                "select * from priced",
                "select x.n from (select name as n from item) x limit 2",
                "with w as (select id from item) select * from w order by id limit 2");
    }

    private void errors() {
        queries(
                "errors with their states",
                "selec 1",
                "select 1 from",
                "select 'open",
                "select nothing from item",
                "select * from nowhere",
                "select * from nowhere.item",
                "insert into item values (1, 'twice', 1)",
                "insert into line values (99, 1)",
                "insert into item (id) values (null)",
                "select nosuch(1)",
                "drop table nowhere",
                "update item set nosuch = 1",
                "select * from item where id = (select id from item)",
                "call nowhere()",
                "call fails('x')",
                "signal sqlstate '45000' set message_text = 'own', mysql_errno = 30001",
                "kill 4294967290",
                "set nonsense = 1",
                "set sql_mode = 'NONSENSE'",
                "use nowhere");
        script(
                "warnings",
                raw -> raw.query("select cast('x' as signed)").query("show warnings"),
                raw -> raw.query("select 1/0, 'a' + 0")
                        .query("show count(*) warnings")
                        .query("show warnings"),
                raw -> raw.query("drop table if exists nowhere").query("show warnings limit 1"),
                raw -> raw.query("selec 1").query("show errors"),
                raw -> raw.query("selec 1").query("show count(*) errors").query("select @@error_count"),
                raw -> raw.query("select 1/0").query("select @@warning_count, @@error_count"),
                raw -> raw.query("set sql_mode = 'NO_ZERO_DATE'").query("show warnings"),
                raw -> raw.query("set sql_mode = 'NO_ZERO_DATE'").query("select @@warning_count"),
                raw -> raw.query("selec 1").query("get diagnostics @n = number").query("select @n"));
        queries(
                "an error in the middle of rows",
                "select id, (select id from item b where b.id >= a.id) from item a where id in (19, 20) order by id desc");
    }

    private void severalResults() {
        queries(
                "several statements",
                "select 1; select 2; insert into line values (1, 2); select count(*) from line",
                "select 1;",
                "select 1;;",
                "; select 1",
                "do 1; do 2");
        queries(
                "several statements, the second fails",
                "select 1; select * from nowhere; select 2",
                "insert into line values (2, 2); insert into line values (99, 1); insert into line values (3, 3)",
                "select 1; selec 2; select 3");
        queries(
                "procedures",
                "call both_results()",
                "call both_results(); select 3",
                "call nothing()",
                "call gives(4, @out)",
                "select @out",
                "set @n = 5",
                "call twice(@n)",
                "select @n",
                "call fails_behind_a_result()",
                "call rows_and_change()");
        script(
                "a procedure prepared",
                raw -> raw.prepare("call both_results()").execute(1, NO_CURSOR, List.of()),
                raw -> raw.execute(1, NO_CURSOR, List.of()),
                raw -> raw.prepare("call gives(?, ?)").execute(2, NO_CURSOR, List.of(ONE, ONE)),
                raw -> raw.execute(2, NO_CURSOR, List.of(Value.number(20), Value.none())));
    }

    private void transactions() {
        queries(
                "a transaction",
                "begin",
                "insert into line values (1, 1)",
                "select * from line",
                "savepoint s",
                "insert into line values (2, 1)",
                "rollback to s",
                "insert into line values (99, 1)",
                "commit",
                "select * from line");
        queries(
                "autocommit",
                "set autocommit = 0",
                "insert into line values (1, 1)",
                "rollback",
                "select count(*) from line",
                "set autocommit = 1",
                "select 1");
        queries(
                "kinds of transactions",
                "start transaction read only",
                "insert into line values (1, 1)",
                "rollback",
                "start transaction with consistent snapshot",
                "commit and chain",
                "rollback release");
        queries(
                "DDL in a transaction",
                "begin",
                "insert into line values (1, 1)",
                "create table in_transaction (a int)",
                "rollback",
                "select count(*) from line",
                "drop table in_transaction");
        queries(
                "XA",
                "xa start 'x'",
                "insert into line values (1, 1)",
                "xa end 'x'",
                "xa prepare 'x'",
                "xa rollback 'x'");
    }

    private void settings() {
        queries(
                "settings",
                "set names latin1",
                "select 'a'",
                "set names utf8mb4 collate utf8mb4_bin",
                "set character set latin1",
                "set names utf8mb4",
                "set @a = 1, @b = 'two'",
                "select @a, @b",
                "set time_zone = '+02:00'",
                "set @@session.sql_mode = concat(@@sql_mode, ',ANSI_QUOTES')",
                "select \"id\" from \"item\" limit 1",
                "set sql_mode = 'NO_BACKSLASH_ESCAPES'",
                "select 'a\\'",
                "set sql_mode = default",
                "select 'a\\''",
                "set session_track_schema = off",
                "use mysql",
                "select database()",
                "use the_database",
                "set session_track_schema = on",
                "set sql_select_limit = 2",
                "select id from item order by id",
                "set statement max_statement_time = 5 for select 2");
        queries(
                "what a session tracks",
                "set session_track_system_variables = 'autocommit,sql_mode,sort_buffer_size'",
                "set session_track_state_change = on",
                "set session_track_transaction_info = 'CHARACTERISTICS'",
                "set sort_buffer_size = 262144",
                "begin",
                "insert into line values (1, 1)",
                "rollback",
                "use mysql",
                "use the_database",
                "create temporary table own (a int)",
                "drop temporary table own",
                "set @a = 1");
        queries(
                "temporary tables",
                "create temporary table own (a int)",
                "insert into own values (1), (2)",
                "select * from own",
                "create temporary table item (a int)",
                "select * from item",
                "drop temporary table item",
                "select id from item limit 1",
                "drop table own");
    }

    private void prepared() {
        script(
                "prepared",
                raw -> raw.prepare("select id, name, price from item where id = ?"),
                raw -> raw.execute(1, NO_CURSOR, List.of(ONE)),
                raw -> raw.execute(1, NO_CURSOR, List.of(Value.number(2)), false),
                raw -> raw.execute(1, NO_CURSOR, List.of(Value.text("3"))),
                raw -> raw.execute(1, NO_CURSOR, List.of(Value.none())),
                raw -> raw.reset(1),
                raw -> raw.close(1),
                raw -> raw.execute(1, NO_CURSOR, List.of(ONE)));
        script(
                "prepared changes",
                raw -> raw.prepare("insert into line values (?, ?)"),
                raw -> raw.execute(1, NO_CURSOR, List.of(ONE, Value.number(7))),
                raw -> raw.execute(1, NO_CURSOR, List.of(Value.number(99), ONE)),
                raw -> raw.execute(1, NO_CURSOR, List.of(Value.none(), ONE)),
                raw -> raw.prepare("update line set amount = amount + ?").execute(2, NO_CURSOR, List.of(ONE)),
                raw -> raw.prepare("delete from line").execute(3, NO_CURSOR, List.of()));
        script(
                "prepared, what cannot be",
                raw -> raw.prepare("selec 1"),
                raw -> raw.prepare("select * from nowhere"),
                raw -> raw.prepare(""),
                raw -> raw.prepare("select 1; select 2"),
                raw -> raw.prepare("use mysql"),
                raw -> raw.prepare("begin").execute(6, NO_CURSOR, List.of()),
                raw -> raw.prepare("select ?, ? from item where name like ?"));
        script(
                "prepared, every kind of statement",
                raw -> raw.prepare("create table by_prepared (a int)").execute(1, NO_CURSOR, List.of()),
                raw -> raw.prepare("show tables like 'by_%'").execute(2, NO_CURSOR, List.of()),
                raw -> raw.prepare("drop table by_prepared").execute(3, NO_CURSOR, List.of()),
                raw -> raw.prepare("set @p = ?").execute(4, NO_CURSOR, List.of(ONE)),
                raw -> raw.prepare("select @p").execute(5, NO_CURSOR, List.of()),
                raw -> raw.prepare("do sleep(0)").execute(6, NO_CURSOR, List.of()),
                raw -> raw.prepare("set sql_mode = 'ANSI_QUOTES'").execute(7, NO_CURSOR, List.of()),
                raw -> raw.prepare("select \"id\" from item limit ?").execute(8, NO_CURSOR, List.of(ONE)));
        script(
                "prepared over a table that changes",
                raw -> raw.query("create table changing (a int)").query("insert into changing values (1)"),
                raw -> raw.prepare("select * from changing"),
                raw -> raw.execute(1, NO_CURSOR, List.of()),
                raw -> raw.query("alter table changing add column b varchar(3) default 'x'"),
                raw -> raw.execute(1, NO_CURSOR, List.of()),
                raw -> raw.query("drop table changing"),
                raw -> raw.execute(1, NO_CURSOR, List.of()));
        script(
                "numbers that stand for nothing",
                raw -> raw.execute(7, NO_CURSOR, List.of()),
                raw -> raw.fetch(7, 1),
                raw -> raw.reset(7),
                raw -> raw.close(7),
                raw -> raw.longData(7, 0, "x"),
                raw -> raw.execute(LAST, NO_CURSOR, List.of()));
        script(
                "values of every type",
                raw -> raw.prepare("select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"),
                raw -> raw.execute(1, NO_CURSOR, everyValue()),
                raw -> raw.execute(1, NO_CURSOR, everyNull()));
    }

    private void withoutTypes() {
        script(
                "prepared without types",
                raw -> raw.prepare("select ?").execute(1, NO_CURSOR, List.of(ONE), false),
                raw -> raw.execute(1, NO_CURSOR, List.of(ONE)),
                raw -> raw.execute(1, NO_CURSOR, List.of(Value.none()), false));
    }

    /** A value of each type a client may bind. */
    static List<Value> everyValue() {
        List<Value> values = new ArrayList<>();
        values.add(new Value(1, new byte[] {-1}));
        values.add(new Value(0x8001, new byte[] {-1}));
        values.add(new Value(2, new byte[] {-2, -1}));
        values.add(new Value(3, new byte[] {1, 2, 3, 4}));
        values.add(Value.number(Long.MIN_VALUE));
        values.add(new Value(4, MySqlWireClient.buffer(4).putFloat(1.5f).array()));
        values.add(new Value(5, MySqlWireClient.buffer(8).putDouble(-2.25).array()));
        values.add(new Value(10, date(4).array()));
        values.add(
                new Value(12, date(11).put(new byte[] {1, 2, 3}).putInt(456789).array()));
        values.add(new Value(
                11,
                MySqlWireClient.buffer(13)
                        .put((byte) 12)
                        .put((byte) 1)
                        .putInt(2)
                        .put(new byte[] {3, 4, 5})
                        .putInt(6)
                        .array()));
        values.add(Value.text("text"));
        values.add(new Value(252, new byte[] {2, 0, -1}));
        values.add(new Value(246, new byte[] {4, '1', '.', '2', '5'}));
        return values;
    }

    private static ByteBuffer date(int length) {
        return MySqlWireClient.buffer(1 + length)
                .put((byte) length)
                .putShort((short) 2024)
                .put(new byte[] {2, 29});
    }

    private static List<Value> everyNull() {
        return everyValue().stream().map(value -> new Value(value.type(), null)).toList();
    }

    private void cursors() {
        script(
                "a cursor",
                raw -> raw.prepare("select id, name from item order by id"),
                raw -> raw.execute(1, READ_ONLY_CURSOR, List.of()),
                raw -> raw.fetch(1, 3),
                raw -> raw.query("select 'between'"),
                raw -> raw.fetch(1, 10),
                raw -> raw.fetch(1, 10),
                raw -> raw.fetch(1, 10),
                raw -> raw.execute(1, READ_ONLY_CURSOR, List.of()),
                raw -> raw.fetch(1, 1),
                raw -> raw.reset(1),
                raw -> raw.fetch(1, 1));
        script(
                "a cursor over what is known at once",
                raw -> raw.prepare("select database()").execute(1, READ_ONLY_CURSOR, List.of()),
                raw -> raw.fetch(1, 1),
                raw -> raw.fetch(1, 1),
                raw -> raw.prepare("select 1 union select 2")
                        .execute(2, READ_ONLY_CURSOR, List.of())
                        .fetch(2, 1),
                raw -> raw.prepare("select ?")
                        .execute(3, READ_ONLY_CURSOR, List.of(ONE))
                        .fetch(3, 7));
        script(
                "two cursors",
                raw -> raw.prepare("select id from item order by id").prepare("select name from item where id > ?"),
                raw -> raw.execute(1, READ_ONLY_CURSOR, List.of()).execute(2, READ_ONLY_CURSOR, List.of(ONE)),
                raw -> raw.fetch(2, 2).fetch(1, 2).fetch(2, 2).fetch(1, 0),
                raw -> raw.close(1).fetch(2, 100).fetch(1, 1));
        script(
                "a cursor that is none",
                raw -> raw.prepare("insert into line values (1, 1)").execute(1, READ_ONLY_CURSOR, List.of()),
                raw -> raw.fetch(1, 1),
                raw -> raw.prepare("select 1 from nowhere"),
                raw -> raw.prepare("select id from item where id < 0").execute(3, READ_ONLY_CURSOR, List.of()),
                raw -> raw.fetch(3, 5),
                raw -> raw.prepare("select id from item").execute(4, NO_CURSOR, List.of()),
                raw -> raw.fetch(4, 1),
                raw -> raw.prepare("show tables").execute(5, READ_ONLY_CURSOR, List.of()),
                raw -> raw.fetch(5, 3),
                raw -> raw.prepare("call both_results()").execute(6, READ_ONLY_CURSOR, List.of()));
    }

    private void longData() {
        script(
                "values sent ahead",
                raw -> raw.prepare("select concat(?, '/', ?)"),
                raw -> raw.longData(1, 0, "first ")
                        .longData(1, 0, "second")
                        .execute(1, NO_CURSOR, List.of(Value.ahead(), Value.text("x"))),
                raw -> raw.execute(1, NO_CURSOR, List.of(Value.text("y"), Value.text("x"))),
                raw -> raw.longData(1, 1, "").execute(1, NO_CURSOR, List.of(Value.text("y"), Value.ahead())),
                raw -> raw.longData(1, 0, "dropped").reset(1),
                raw -> raw.execute(1, NO_CURSOR, List.of(Value.text("z"), Value.text("x"))),
                raw -> raw.longData(1, 0, "kept").query("select 1"),
                raw -> raw.execute(1, NO_CURSOR, List.of(Value.ahead(), Value.none())));
        script(
                "a value sent ahead for no parameter",
                raw -> raw.prepare("select ?").longData(1, 9, "x").execute(1, NO_CURSOR, List.of(ONE)),
                raw -> raw.execute(1, NO_CURSOR, List.of(ONE)),
                raw -> raw.prepare("select 1").longData(2, 0, "x").execute(2, NO_CURSOR, List.of()));
    }

    private void everyType() {
        queries(
                "every type as text",
                "create table everything (" + TYPES + ")",
                "insert into everything values (" + VALUES + ")",
                "insert into everything (i4) values (null)",
                "select * from everything",
                "drop table everything");
        script(
                "every type in binary",
                raw -> raw.query("create table everything (" + TYPES + ")"),
                raw -> raw.query("insert into everything values (" + VALUES + ")"),
                raw -> raw.query("insert into everything (i4) values (null)"),
                raw -> raw.prepare("select * from everything").execute(1, NO_CURSOR, List.of()),
                raw -> raw.execute(1, READ_ONLY_CURSOR, List.of()).fetch(1, 5),
                raw -> raw.query("drop table everything"));
    }

    private void files() {
        script(
                "a file from the client",
                raw -> raw.query("load data local infile 'x' into table line").file(2, "1\t5\n", "2\t6\n"),
                raw -> raw.query("select * from line"),
                raw -> raw.query("load data local infile 'x' into table line").file(2),
                raw -> raw.query("load data local infile 'x' into table line").file(2, "99\t5\n"),
                raw -> raw.query("load data local infile 'x' into table nowhere"));
    }

    private void commands() {
        script(
                "commands without SQL",
                raw -> raw.ping(),
                raw -> raw.statistics(),
                raw -> raw.initDb("mysql"),
                raw -> raw.query("select database()"),
                raw -> raw.initDb(MySqlPacketNames.DATABASE),
                raw -> raw.query("select database()"),
                raw -> raw.initDb("nowhere"),
                raw -> raw.query("select database()"),
                raw -> raw.setOption(1),
                raw -> raw.query("select 1; select 2"),
                raw -> raw.setOption(0),
                raw -> raw.query("select 1; select 2"),
                raw -> raw.setOption(9));
        script(
                "the fields of a table",
                raw -> raw.fieldList("item", ""),
                raw -> raw.fieldList("item", "na%"),
                raw -> raw.fieldList("nowhere", "%"));
        script(
                "a connection as new",
                raw -> raw.query("set @a = 1, sql_mode = 'ANSI_QUOTES'"),
                raw -> raw.prepare("select id from item where id = ?"),
                raw -> raw.query("create temporary table own (a int)"),
                raw -> raw.query("begin").query("insert into line values (1, 1)"),
                raw -> raw.resetConnection(),
                raw -> raw.query("select @a, @@sql_mode, \"text\""),
                raw -> raw.query("select * from own"),
                raw -> raw.query("select count(*) from line"),
                raw -> raw.execute(1, NO_CURSOR, List.of(ONE)),
                raw -> raw.prepare("select 2").execute(1, NO_CURSOR, List.of()).execute(2, NO_CURSOR, List.of()));
        script(END, raw -> raw.query("select 1").quit());
        script("a command that is none", raw -> raw.command(0, new byte[0]), raw -> raw.command(60, new byte[] {1}));
    }

    private void pipelines() {
        script(
                "commands at once",
                raw -> raw.query("select 1").ping().query("selec 2").query("select 3"),
                raw -> raw.prepare("select ?")
                        .execute(1, NO_CURSOR, List.of(ONE))
                        .close(1)
                        .execute(1, NO_CURSOR, List.of(ONE)),
                raw -> raw.query("begin")
                        .query("insert into line values (1, 1)")
                        .query("insert into line values (99, 1)")
                        .query("commit")
                        .query("select count(*) from line"),
                raw -> raw.query("set sql_mode = 'ANSI_QUOTES'").query("select \"id\" from item limit 1"),
                raw -> raw.resetConnection()
                        .query("select \"id\"")
                        .initDb("mysql")
                        .query("select database()"));
        script(
                "the statement prepared last",
                raw -> raw.prepare("select 1").execute(LAST, NO_CURSOR, List.of()),
                raw -> raw.prepare("selec 1").execute(LAST, NO_CURSOR, List.of()),
                raw -> raw.prepare("select 2")
                        .prepare("select 3")
                        .execute(LAST, NO_CURSOR, List.of())
                        .close(LAST));
    }

    private void preparedInSql() {
        queries(
                "prepared in SQL",
                "prepare s from 'select ? + 1'",
                "set @a = 41",
                "execute s using @a",
                "execute s",
                "deallocate prepare s",
                "execute s using @a",
                "set @text = 'select id from item limit 2'",
                "prepare t from @text",
                "execute t",
                "prepare t from 'selec'",
                "execute t",
                "execute immediate 'select 5'",
                "begin not atomic select 1; select 2; end");
    }
}
