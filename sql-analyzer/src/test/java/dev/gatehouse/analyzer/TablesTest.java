package dev.gatehouse.analyzer;

import static dev.gatehouse.analyzer.Reading.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Effect.Use;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
                .uses(Use.JOIN, "audit.log.who", "users.name");
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
    void aTableWithoutWhatInheritsFromItIsATable() {
        sql("table only users")
                .reads("users")
                .outputs("users.id", "users.name", "users.email", "users.ssn", "users.home");
        sql("select from only users").reads("users").outputs();
        sql("select * from (table only (users)) u").reads("users");
        sql("table users *").reads("users");
    }

    @Test
    void theColumnsThatAJoinMergesMayHaveAnAlias() {
        sql("select x.id, a.name, x from archive a join users u using (id) as x")
                .outputs("archive.id users.id", "archive.name", "archive.id users.id")
                .uses(Use.JOIN, "archive.id", "users.id");
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

    @Test
    void theConditionOfAJoinSeesItsOwnTablesAlone() {
        sql("select (select count(*) from archive a, audit.log l join orders o on email = o.note) from users u")
                .uses(Use.JOIN, "users.email", "orders.note");
    }

    @Test
    void lockedRowsAreSaid() {
        assertThat(locked("select id from users u for no key update")).containsExactly("public.users NO KEY UPDATE");
        assertThat(locked("select 1 from users u, archive a for share of a nowait"))
                .containsExactly("public.archive SHARE");
        assertThat(locked("select 1 from (select id from orders) o for update"))
                .containsExactly("public.orders UPDATE");
    }

    private static List<String> locked(String sql) {
        return sql(sql).command().effects().stream()
                .filter(Effect.Locks.class::isInstance)
                .map(Effect.Locks.class::cast)
                .map(lock -> lock.table() + " " + lock.strength())
                .toList();
    }

    @Test
    void withoutACatalogTheTablesAreThoseThatAreNamed() {
        byte[] text = ("with c as (select * from a.t) update u set x = (select y from c, v) where exists"
                        + " (select 1 from w natural join c) returning (select z from only q)")
                .getBytes(StandardCharsets.UTF_8);
        Analysis analysis =
                CommandReader.read(text, Snapshot.EMPTY, Reading.scope(true)).analysis();
        List<Effect> effects =
                ((Analysis.Understood) analysis).commands().get(0).effects();
        assertThat(effects.stream()
                        .filter(Effect.Reads.class::isInstance)
                        .map(e -> ((Effect.Reads) e).table().toString()))
                .containsExactlyInAnyOrder("a.t", "?.v", "?.w", "?.q");
        assertThat(effects.stream()
                        .filter(Effect.Writes.class::isInstance)
                        .map(e -> ((Effect.Writes) e).table().toString()))
                .containsExactly("?.u");
    }
}
