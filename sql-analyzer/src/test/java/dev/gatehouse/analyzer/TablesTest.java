package dev.gatehouse.analyzer;

import static dev.gatehouse.analyzer.Reading.sql;

import dev.gatehouse.firewall.statement.Effect.Use;
import org.junit.jupiter.api.Test;

/** What the forms of FROM mean. */
final class TablesTest {

    @Test
    void functionsStandSideBySide() {
        sql("select * from rows from (generate_series(1, 3), jsonb_each(null), unnest(array[1])) with ordinality")
                .outputs("", "", "", "", "")
                .complete();
        sql("select x.b, k, x from orders, rows from (unnest(array[note]), jsonb_each(payload)) as x(a, b, k)")
                .outputs("orders.payload", "orders.payload", "orders.payload orders.note");
        sql("select unnest, value from orders, rows from (unnest(array[note]), jsonb_each(payload)) x")
                .outputs("orders.note", "orders.payload");
        sql("select g from rows from (generate_series(1, 3)) g").readsOnly();
        sql("select * from orders o, lateral rows from (all_emails(o.note), unnest(array[o.total])) x")
                .rowsUntold()
                .incomplete()
                .uses(Use.CARRIED, "orders.note");
        sql("select rows from (select ssn as rows from users) rows").readsOnly("users.ssn");
        sql("select * from rows from (json_to_record('{}') as (a int)) x")
                .outputs("?")
                .incomplete();
    }

    @Test
    void anAliasOfAJoinHidesItsTables() {
        sql("select j.ssn, j.at from (users join audit.log on who = name) as j")
                .outputs("users.ssn", "audit.log.at")
                .uses(Use.PREDICATE, "audit.log.who", "users.name");
        sql("select j.c, z from (archive a join users u using (id)) j (k, b, c, d, z)")
                .outputs("archive.email", "users.email");
        sql("select u.ssn from (users u join archive a using (id)) j").incomplete();
        sql("select ssn, (select u.ssn from (archive u cross join audit.log l) j) from users u")
                .outputs("users.ssn", "users.ssn");
        sql("select (select q from archive s, (audit.log l cross join (select email as q) z) j) from users u")
                .readsOnly("users.email");
        sql("select j.ssn from users u, (archive a cross join lateral (select u.ssn) q) as j")
                .readsOnly("users.ssn");
        sql("select j.unnest from users u, (archive a cross join unnest(array[u.ssn])) as j")
                .readsOnly("users.ssn");
        sql("select q from users u, (archive a cross join lateral (select u.ssn) q) as j")
                .incomplete();
    }

    @Test
    void theColumnsThatAJoinMergesMayHaveAnAlias() {
        sql("select x.id, a.name, x from archive a join users u using (id) as x")
                .outputs("archive.id users.id", "archive.name", "archive.id users.id")
                .uses(Use.PREDICATE, "archive.id", "users.id");
        sql("select * from archive a join users u using (id, name, email) as x")
                .outputs(
                        "archive.id users.id",
                        "archive.name users.name",
                        "archive.email users.email",
                        "users.ssn",
                        "users.home");
        sql("select x.* from archive a join users u using (id) as x").readsOnly("archive.id", "users.id");
        sql("select x.name from archive a join users u using (id) as x").incomplete();
    }
}
