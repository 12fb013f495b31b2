package dev.gatehouse.bench.capture;

import java.util.List;

/** What psql and pgbench do on the wire. */
final class PsqlScenarios {

    private PsqlScenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.of(
                        "startup-scram",
                        "psql logs in with SCRAM-SHA-256 and leaves; it asks for TLS first and is told no",
                        stage -> stage.psqlAs(VectorServer.USER, VectorServer.PASSWORD, "sslmode=prefer", "\\q\n")),
                Scenario.of(
                        "startup-trust",
                        "psql logs in where no password is asked for",
                        stage -> stage.psqlAs("trusting", "unused", "sslmode=disable", "\\q\n")),
                Scenario.of(
                        "startup-md5",
                        "psql logs in with an MD5 password",
                        stage -> stage.psqlAs("hashed", "hashed-secret", "sslmode=disable", "\\q\n")),
                Scenario.of(
                        "startup-cleartext",
                        "psql logs in with a password in clear text",
                        stage -> stage.psqlAs("plain", "plain-secret", "sslmode=disable", "\\q\n")),
                Scenario.of(
                        "startup-wrong-password",
                        "psql is refused: 28P01",
                        stage -> stage.psqlAs(VectorServer.USER, "wrong", "sslmode=disable", "\\q\n")),
                Scenario.of(
                        "startup-options",
                        "psql sends options, an application name and an encoding in its startup message",
                        stage -> stage.psqlAs(
                                VectorServer.USER,
                                VectorServer.PASSWORD,
                                "sslmode=disable application_name=vectors client_encoding=UTF8 "
                                        + "options='-c search_path=public -c statement_timeout=5s'",
                                "show search_path;\n")),
                Scenario.of(
                        "simple-query",
                        "psql runs one query at a time",
                        stage ->
                                stage.psql("select id, name, email from person order by id;", "select 1 where false;")),
                Scenario.of(
                        "multi-statement",
                        "psql sends several statements in one message",
                        stage -> stage.psqlCommand("select 1 as one; create temp table t (a int); "
                                + "insert into t values (1), (2); select a from t order by a; drop table t")),
                Scenario.of(
                        "multi-statement-error",
                        "several statements in one message, the second of which fails",
                        stage -> stage.psqlCommand("select 1 as one; select 1/0; select 3 as three")),
                Scenario.of("empty-query", "psql sends an empty query", stage -> stage.psqlCommand(" ; ")),
                Scenario.of(
                        "error",
                        "a syntax error, a missing table, a division by zero",
                        stage -> stage.psql("selec 1;", "select * from nowhere;", "select 1/0;", "select 1;")),
                Scenario.of(
                        "error-in-transaction",
                        "an error aborts the transaction, the next statement fails with 25P02, commit rolls back",
                        stage -> stage.psql("begin;", "select 1/0;", "select 2;", "commit;", "select 3;")),
                Scenario.of(
                        "savepoint",
                        "an error behind a savepoint is rolled back to it",
                        stage -> stage.psql(
                                "begin;",
                                "insert into person values (100, 'X', 'x@example.test');",
                                "savepoint s;",
                                "select 1/0;",
                                "rollback to s;",
                                "select count(*) from person;",
                                "rollback;")),
                Scenario.of(
                        "constraint-error",
                        "a duplicate key, whose detail quotes row data",
                        stage -> stage.psql("insert into person values (1, 'Twice', 'twice@example.test');")),
                Scenario.of(
                        "notice",
                        "a notice and a warning arrive before the answer ends",
                        stage -> stage.psql(
                                "do $$ begin raise notice 'hello'; raise warning 'careful'; end $$;",
                                "drop table if exists nowhere;")),
                Scenario.of(
                        "parameter-status",
                        "settings the server reports when they change",
                        stage -> stage.psql(
                                "set application_name = 'renamed';",
                                "set timezone = 'UTC';",
                                "set client_encoding = 'LATIN1';",
                                "set standard_conforming_strings = off;")),
                Scenario.of(
                        "copy-in",
                        "psql sends rows with COPY FROM STDIN",
                        stage -> stage.psql(
                                "begin;",
                                "copy person from stdin;",
                                "10\tTen\tten@example.test",
                                "11\tEleven\t\\N",
                                "\\.",
                                "rollback;")),
                Scenario.of(
                        "copy-in-bad-row",
                        "the server refuses a row in the middle of COPY FROM STDIN",
                        stage -> stage.psql(
                                "copy person from stdin;", "ten\tTen\tten@example.test", "\\.", "select 1;")),
                Scenario.of(
                        "copy-out",
                        "rows come back with COPY TO STDOUT",
                        stage -> stage.psql(
                                "copy person to stdout;",
                                "copy (select name, email from person) to stdout with (format csv, header);")),
                Scenario.of(
                        "copy-out-binary",
                        "rows come back with COPY TO STDOUT in binary",
                        stage -> stage.psql("copy person to stdout with (format binary);")),
                Scenario.of(
                        "listen-notify",
                        "a session is notified by itself",
                        stage -> stage.psql("listen orders;", "notify orders, 'order 7';", "select 1;", "unlisten *;")),
                Scenario.of(
                        "cursor",
                        "a cursor is declared, fetched from and closed in SQL",
                        stage -> stage.psql(
                                "begin;",
                                "declare c cursor for select id from person order by id;",
                                "fetch 2 from c;",
                                "fetch all from c;",
                                "close c;",
                                "commit;")),
                Scenario.of(
                        "sql-prepare",
                        "a statement is prepared and executed in SQL",
                        stage -> stage.psql(
                                "prepare q (int) as select name from person where id = $1;",
                                "execute q (2);",
                                "deallocate q;")),
                Scenario.of(
                        "large-row",
                        "a row of 100 000 bytes",
                        stage -> stage.psql(
                                "select 1 as id, repeat('x', 60000) || 'middle' || repeat('y', 40000) as wide, 'after' as last;")),
                Scenario.of(
                        "many-rows",
                        "two hundred rows arrive together",
                        stage -> stage.psql("select i, md5(i::text) as hash from generate_series(1, 200) i;")),
                Scenario.of(
                        "startup-no-database",
                        "psql is refused: 3D000",
                        stage -> stage.psqlAs(
                                VectorServer.USER, VectorServer.PASSWORD, "sslmode=disable dbname=nowhere", "")),
                Scenario.of(
                        "terminated",
                        "the server ends the session: 57P01",
                        stage -> stage.psql("select pg_terminate_backend(pg_backend_pid());")),
                Scenario.of(
                        "many-columns",
                        "nulls, empty strings and types of many kinds in one row",
                        stage -> stage.psql(
                                "select null as a, '' as b, true as c, 1::int2 as d, 1.5::numeric as e, "
                                        + "date '2026-01-02' as f, '{1,2}'::int[] as g, '\\x00ff'::bytea as h, 'ä€😀' as i;\n")),
                Scenario.of("psql-describe", "psql describes a table", stage -> stage.psql("\\d person")),
                pgbench("simple"),
                pgbench("extended"),
                pgbench("prepared"),
                new Scenario(
                        "pgbench sends a pipeline of three queries in the extended protocol and syncs once",
                        List.of("", "pgbench-pipeline"),
                        stage -> stage.pgbench(
                                "extended",
                                "\\startpipeline",
                                "select 1;",
                                "select name from person where id = 1;",
                                "select 3;",
                                "\\endpipeline")));
    }

    private static Scenario pgbench(String mode) {
        return new Scenario(
                "pgbench -M " + mode + " runs a select with a parameter twice",
                List.of("", "pgbench-" + mode),
                stage -> stage.pgbench(mode, "\\set id 2", "select name from person where id = :id;"));
    }
}
