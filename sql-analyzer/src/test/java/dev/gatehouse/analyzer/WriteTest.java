package dev.gatehouse.analyzer;

import static dev.gatehouse.analyzer.Reading.sql;

import dev.gatehouse.firewall.statement.Command.Where;
import dev.gatehouse.firewall.statement.Effect.Use;
import dev.gatehouse.firewall.statement.Kind;
import org.junit.jupiter.api.Test;

/** What INSERT, UPDATE and DELETE do. */
final class WriteTest {

    @Test
    void anInsertWritesItsColumns() {
        sql("insert into archive (id, name) values ($1, $2)")
                .is(Kind.INSERT)
                .writes("archive")
                .reads()
                .uses(Use.WRITTEN, "archive.id", "archive.name")
                .outputs();
        sql("insert into archive values (1, 'x', default) returning id")
                .uses(Use.WRITTEN, "archive.id", "archive.name", "archive.email")
                .readsOnly("archive.id");
        sql("insert into archive default values").writes("archive");
    }

    @Test
    void whatIsInsertedFromAQueryIsCarried() {
        sql("insert into archive (id, email) select id, email from users where ssn = '1' returning *")
                .is(Kind.INSERT, Kind.SELECT)
                .reads("users", "archive")
                .uses(Use.CARRIED, "users.id", "users.email")
                .uses(Use.PREDICATE, "users.ssn")
                .outputs("archive.id users.id", "archive.name", "archive.email users.email");
        sql("insert into archive (select * from archive)")
                .uses(Use.CARRIED, "archive.id", "archive.name", "archive.email");
    }

    @Test
    void anUpsertIsAnInsertAndAnUpdate() {
        sql("insert into archive as a (id, email) values (1, 'x') on conflict (id) do update"
                        + " set email = excluded.email, name = a.name || 'x' where a.name <> excluded.name")
                .is(Kind.INSERT, Kind.UPDATE)
                .where(Where.NOT_APPLICABLE)
                .uses(Use.CARRIED, "archive.name")
                .uses(Use.PREDICATE, "archive.name");
        sql("insert into archive (id) values (1) on conflict do nothing").is(Kind.INSERT);
    }

    @Test
    void whatIsReturnedHoldsWhatWasProposedAndAssigned() {
        sql("insert into archive (id, email) select id, ssn from users"
                        + " on conflict (id) do update set name = excluded.email returning name")
                .outputs("archive.name users.ssn");
        sql("update archive set name = u.ssn from users u where u.id = archive.id returning new.name, old.name")
                .outputs("archive.name users.ssn", "archive.name");
        sql("update archive set name = u.ssn from users u where u.id = archive.id"
                        + " returning with (old as before, new as after) after.name, before.name")
                .outputs("archive.name users.ssn", "archive.name");
        sql("update archive set (name, email) = (u.ssn, u.home) from users u where u.id = archive.id"
                        + " returning archive.name")
                .outputs("archive.name users.ssn");
    }

    @Test
    void anUpdateCarriesWhatItAssigns() {
        sql("update person set name = email, salary = salary * 2, boss = $1 where id = 3 returning name, boss")
                .uses(Use.WRITTEN, "person.name", "person.salary", "person.boss")
                .uses(Use.CARRIED, "person.email", "person.salary")
                .where(Where.PRESENT)
                .outputs("person.name person.email", "person.boss");
        sql("update person p set (name, email) = (select u.ssn, u.name from users u where u.id = p.id)")
                .uses(Use.CARRIED, "users.ssn", "users.name")
                .where(Where.MISSING);
        sql("update archive set name = u.ssn from users u where u.id = archive.id returning *")
                .reads("archive", "users")
                .uses(Use.CARRIED, "users.ssn");
        sql("update orders set payload['a'] = '1', total = default where id = 1")
                .uses(Use.CARRIED);
    }

    @Test
    void aDeleteMayUseOtherTables() {
        sql("delete from orders o using person p where p.id = o.person_id and p.ssn = '1' returning o.note, p.email")
                .writes("orders")
                .reads("orders", "person")
                .outputs("orders.note", "person.email")
                .where(Where.PRESENT);
    }

    @Test
    void aWriteInsideAQueryCounts() {
        sql("with gone as (delete from orders returning note) select * from gone")
                .is(Kind.DELETE, Kind.SELECT)
                .where(Where.MISSING)
                .outputs("orders.note");
        sql("with x as (select email from users) insert into archive (email) select email from x")
                .uses(Use.CARRIED, "users.email");
        sql("with x as (update person set name = 'x' where id = 1) select 1").writes("person");
    }

    @Test
    void aConditionThatCannotFailIsNone() {
        sql("delete from orders").where(Where.MISSING);
        for (String always : new String[] {
            "true",
            "1 = 1",
            "$1",
            "'a' = 'a'",
            "id = id",
            "id = 1 or 1 = 1",
            "id = 1 or $1",
            "not id <> id",
            "id is null or id is not null",
            "exists (select 1)",
            "exists (select 1 from users where id = 1 and email = 'x')",
            "id >= id and true",
            "(select true)",
            "now() > '2020-01-01'",
            "1 in (1)",
            "not false",
            "id = id or 1 = 1",
            "id is not null or true",
            "id in (1, id)",
            "id between id and id",
            "id = 1 or not id = 1",
            "note = 'x' or id = 1 or total > 2 or id <> 1",
            "(id = id) is not false",
            "not (id = 1 and $1)",
            "not (id <> id and note = 'x')",
            "id * 0 = 0",
            "0 = id * 3 * 0",
            "id - id = 0",
            "(id + 0) * 1 = orders.id",
            "id = orders.id",
            "(id, note) = (orders.id, orders.note)",
            "id in (select orders.id)",
            "id in (select id from orders)",
            "id = any (select o.id from public.orders o)",
            "id = any (array[id])",
            "id = (select id)",
            "coalesce(id = id, true)",
            "coalesce(null, id) = id",
            "coalesce(note, '') is not null",
            "case when total > 1 then true else 1 = 1 end",
            "case when 1 = 1 then id = id else false end",
            "exists (select 1 where id = id)",
            "note like '%%'",
            "3 > 2",
            "1 + 1 = 2 and id = id",
            "-1 = 0 - 1"
        }) {
            sql("delete from orders where " + always).where(Where.ALWAYS_TRUE);
            sql("update orders set note = 'x' where " + always).where(Where.ALWAYS_TRUE);
        }
        for (String present : new String[] {
            "id = 1",
            "id is not null",
            "id = $1 and true",
            "id in (select id from users)",
            "id > 0 or note = 'x'",
            "exists (select 1 from users u where u.id = orders.id)",
            "note like 'a%'",
            "note not like '%'",
            "orders.* is null",
            "id * 1 = 0",
            "id + 1 = id",
            "id = person_id",
            "id in (select person_id from orders)",
            "id in (select id from orders where total > 1)",
            "id in (select id from orders limit 1)",
            "id in (select id from archive)",
            "id = any (array[person_id])",
            "id = any (array[id, 1])",
            "id <> all (array[id])",
            "coalesce(id = 1, true)",
            "coalesce(id, 0) is null",
            "case when id = 1 then true else false end",
            "case when id = 1 then true end",
            "case id when 1 then true else 1 = 1 end",
            "exists (select 1 where id = 1)",
            "1 > 2",
            "1 + 1 = 3",
            "false",
            "1 = 2",
            "id = 1 or false",
            "not id = id",
            "id not between id and id"
        }) {
            sql("delete from orders where " + present).where(Where.PRESENT);
        }
        sql("update orders set note = 'x' from users u where u.id = 1").where(Where.ALWAYS_TRUE);
    }

    @Test
    void aConditionThatHangsOnTheValueOfALiteralIsReadEachTime() {
        sql("delete from orders where id * 2 = 0").blind(false);
        sql("delete from orders where note like 'a%'").blind(false);
        sql("delete from orders where id = 5 and note = 'x'").blind(true);
        sql("delete from orders where id in (5, 6) and total between 1 and 2").blind(true);
        sql("delete from orders where id * 1e999999999 + 1e-999999999 = 1e999999999 * 2")
                .where(Where.PRESENT);
    }

    @Test
    void writingThroughAViewWritesItsTable() {
        sql("update contact set mail = 'x' where id = 1").writes("contact", "person");
    }
}
