package dev.gatehouse.analyzer;

import static dev.gatehouse.analyzer.Reading.sql;

import dev.gatehouse.firewall.statement.Command.Where;
import dev.gatehouse.firewall.statement.Effect.Use;
import dev.gatehouse.firewall.statement.Kind;
import org.junit.jupiter.api.Test;

/** What MERGE and the rarer forms of writing do. */
final class MergeTest {

    @Test
    void aMergeIsWhatItsActionsAre() {
        sql("merge into archive a using users u on a.id = u.id"
                        + " when matched and u.ssn is null then delete"
                        + " when matched then update set name = u.name, email = default"
                        + " when not matched then insert (id, email) values (u.id, u.email)")
                .is(Kind.MERGE, Kind.DELETE, Kind.UPDATE, Kind.INSERT)
                .where(Where.PRESENT)
                .reads("users", "archive")
                .writes("archive")
                .uses(Use.WRITTEN, "archive.id", "archive.name", "archive.email")
                .uses(Use.CARRIED, "users.id", "users.name", "users.email")
                .uses(Use.JOIN, "archive.id", "users.id")
                .uses(Use.PREDICATE, "users.ssn")
                .outputs()
                .limited(true)
                .complete();
        sql("merge into only archive using (select ssn as s from users) q on s = name"
                        + " when not matched by source then do nothing"
                        + " when not matched by target and s > 'a' then insert values (1, s)")
                .is(Kind.MERGE, Kind.INSERT)
                .uses(Use.WRITTEN, "archive.id", "archive.name")
                .uses(Use.CARRIED, "users.ssn")
                .uses(Use.JOIN, "users.ssn", "archive.name")
                .uses(Use.PREDICATE, "users.ssn");
        sql("merge into archive using users on true when not matched by source then delete")
                .is(Kind.MERGE, Kind.DELETE);
        sql("merge into archive a using users u on a.id = u.id when matched then"
                        + " update set (name, email) = (select p.ssn, u.home from person p)"
                        + " when not matched then insert default values")
                .is(Kind.MERGE, Kind.UPDATE, Kind.INSERT)
                .uses(Use.CARRIED, "person.ssn", "users.home");
    }

    @Test
    void anActionOfAMergeIsRestrictedByWhatJoinsItAndByItsOwnCondition() {
        String on = "merge into archive a using users u on ";
        sql(on + "true when matched then delete").where(Where.ALWAYS_TRUE);
        sql(on + "a.id = a.id when matched then update set name = 'x'").where(Where.ALWAYS_TRUE);
        sql(on + "u.id = 1 when matched then delete").where(Where.ALWAYS_TRUE);
        sql(on + "true when matched and a.id = a.id then delete").where(Where.ALWAYS_TRUE);
        sql(on + "false when not matched by source then delete").where(Where.ALWAYS_TRUE);
        sql(on + "a.id = u.id when matched then delete").where(Where.PRESENT);
        sql(on + "true when matched and a.id = 1 then delete").where(Where.PRESENT);
        sql(on + "a.id = u.id when matched and a.id = 1 then delete when not matched by source then delete")
                .where(Where.PRESENT);
        sql(on + "true when matched and a.id = 1 then update set name = 'x' when matched then delete")
                .where(Where.ALWAYS_TRUE);
        sql(on + "true when not matched then insert (id) values (1)").where(Where.NOT_APPLICABLE);
    }

    @Test
    void whatAMergeReturnsHoldsWhatItWrote() {
        sql("merge into archive a using audit.log l on a.id = l.at"
                        + " when matched then update set name = l.who"
                        + " when not matched then insert values (1, 'x', l.what)"
                        + " returning merge_action(), *")
                .outputs(
                        "",
                        "audit.log.at",
                        "audit.log.who",
                        "audit.log.what",
                        "archive.id",
                        "archive.name audit.log.who",
                        "archive.email audit.log.what")
                .complete();
        sql("with m as (merge into archive a using users u on a.id = u.id"
                        + " when matched then update set email = u.ssn returning a.email as e) select e from m")
                .is(Kind.SELECT, Kind.MERGE, Kind.UPDATE)
                .readsOnly("archive.email", "users.ssn");
        sql("merge into archive a using users u on a.id = u.id when matched and ssn = 'x' then delete"
                        + " returning a.name as ssn")
                .uses(Use.JOIN, "archive.id", "users.id")
                .uses(Use.PREDICATE, "users.ssn");
    }

    @Test
    void whatIsNoMergeIsNotRead() {
        sql("merge into archive using users on true").opaque();
        sql("merge into archive using users on true when matched then insert values (1)")
                .opaque();
        sql("merge into archive using users on true when not matched then delete")
                .opaque();
        sql("merge into archive using users on true when not matched then insert (id) values (1, 2)")
                .opaque();
        sql("merge archive using users on true when matched then delete").opaque();
    }

    @Test
    void theRowACursorStandsAtIsACondition() {
        sql("delete from orders where current of c").where(Where.PRESENT).writes("orders");
        sql("update orders o set note = 'x' where current of \"C\" returning note")
                .where(Where.PRESENT)
                .readsOnly("orders.note");
        sql("select 1 from orders where current of c").opaque();
    }

    @Test
    void elementsOfAColumnMayBeWritten() {
        sql("insert into orders (id, payload[1], payload[2].x) select 1, note, total from orders returning payload")
                .uses(Use.WRITTEN, "orders.id", "orders.payload")
                .readsOnly("orders.payload", "orders.note", "orders.total");
        sql("update users set (home[(select max(boss) from person)], name) = (ssn, '') where id = 1")
                .uses(Use.WRITTEN, "users.home", "users.name")
                .uses(Use.CARRIED, "users.ssn")
                .uses(Use.PREDICATE, "users.id", "person.boss");
    }
}
