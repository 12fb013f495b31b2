package dev.gatehouse.analyzer;

import static dev.gatehouse.analyzer.Reading.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Effect.Access;
import dev.gatehouse.firewall.statement.Effect.Code;
import dev.gatehouse.firewall.statement.Effect.Definition;
import dev.gatehouse.firewall.statement.Effect.Reach;
import dev.gatehouse.firewall.statement.Effect.Use;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Table;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What commands do besides reading and writing rows. */
final class VerbEffectsTest {

    private static <E extends Effect> List<E> effects(String sql, Class<E> sort) {
        return sql(sql).command().effects().stream()
                .filter(sort::isInstance)
                .map(sort::cast)
                .toList();
    }

    @Test
    void locksAreSaidWithTheirMode() {
        assertThat(effects("lock table orders in share mode nowait", Effect.Locks.class))
                .containsExactly(new Effect.Locks(new Table("public", "orders"), false, "SHARE", 12));
        assertThat(effects("lock only orders", Effect.Locks.class))
                .extracting(Effect.Locks::strength)
                .containsExactly("ACCESS EXCLUSIVE");
    }

    @Test
    void filesAndProgramsOfTheServerAreSaid() {
        assertThat(effects("copy person to '/tmp/x'", Effect.Files.class))
                .containsExactly(new Effect.Files(Access.WRITTEN, Optional.of("/tmp/x"), 16));
        assertThat(effects("copy orders from '/tmp/x'", Effect.Files.class))
                .extracting(Effect.Files::access)
                .containsExactly(Access.READ);
        assertThat(effects("copy orders from program 'curl x'", Effect.Files.class))
                .containsExactly(new Effect.Files(Access.RUN, Optional.of("curl x"), 26));
        assertThat(effects("load 'x'", Effect.Files.class))
                .extracting(Effect.Files::access)
                .containsExactly(Access.RUN);
    }

    @Test
    void settingsAreSaidWithTheirReach() {
        assertThat(effects("set local work_mem = 1", Effect.Sets.class))
                .containsExactly(new Effect.Sets(Optional.of("work_mem"), Reach.TRANSACTION, 11));
        assertThat(effects("set role admin", Effect.Sets.class))
                .extracting(Effect.Sets::name)
                .containsExactly(Optional.of("role"));
        assertThat(effects("alter role joe set search_path to x", Effect.Sets.class))
                .extracting(Effect.Sets::reach)
                .containsExactly(Reach.GLOBAL);
        assertThat(effects("reset all", Effect.Sets.class))
                .containsExactly(new Effect.Sets(Optional.empty(), Reach.SESSION, 10));
    }

    @Test
    void objectsAreSaidWithWhatBecomesOfThem() {
        assertThat(effects("create index i on orders (note)", Effect.Defines.class))
                .containsExactly(
                        new Effect.Defines(Definition.CREATED, "index", "i", 14),
                        new Effect.Defines(Definition.ALTERED, "table", "orders", 19));
        assertThat(effects("drop function audit.f(int), g cascade", Effect.Defines.class))
                .extracting(Effect.Defines::name)
                .containsExactly("audit.f", "g");
        sql("drop function g").complete();
        sql("drop function g cascade").incomplete();
    }

    @Test
    void privilegesAreSaidWithWhoGainsAndLosesThem() {
        assertThat(effects("grant select, update (note) on orders, archive to joe, public", Effect.Grants.class))
                .containsExactly(new Effect.Grants(
                        true,
                        List.of("select", "update"),
                        "table",
                        List.of("orders", "archive"),
                        List.of("joe", "public"),
                        7));
        assertThat(effects("revoke admin option for staff from joe", Effect.Grants.class))
                .containsExactly(new Effect.Grants(false, List.of("staff"), "", List.of(), List.of("joe"), 25));
        sql("grant select on all tables in schema public to joe").incomplete();
    }

    @Test
    void codeThatIsNotReadIsSaid() {
        assertThat(effects("do 'begin end'", Effect.Runs.class))
                .containsExactly(new Effect.Runs(Code.BLOCK, Optional.empty(), 4));
        assertThat(effects("execute p(1)", Effect.Runs.class))
                .containsExactly(new Effect.Runs(Code.PREPARED, Optional.of("p"), 9));
        assertThat(effects("call audit.purge(1)", Effect.Runs.class))
                .containsExactly(new Effect.Runs(Code.ROUTINE, Optional.of("audit.purge"), 6));
        assertThat(effects("create function f() returns int language c as 'x', 'y'", Effect.Runs.class))
                .extracting(Effect.Runs::code)
                .containsExactly(Code.BODY);
        sql("create trigger t before insert on orders for each row execute function audit.f()")
                .writes("orders")
                .calls("audit.f")
                .incomplete();
    }

    @Test
    void otherServersAreSaid() {
        assertThat(effects("create foreign table f (a int) server far", Effect.Connects.class))
                .containsExactly(new Effect.Connects(Optional.of("far"), 39));
    }

    @Test
    void theColumnsOfAnIndexAreNamed() {
        sql("create index i on orders (note, lower(payload), total desc) include (id) where person_id > 0")
                .uses(Use.PREDICATE, "orders.note", "orders.payload", "orders.total", "orders.id", "orders.person_id");
        sql("create index on human (email)")
                .uses(
                        Use.PREDICATE,
                        "human.email",
                        "member.email",
                        "honorary.email",
                        "audit.both.email",
                        "audit.listed.email");
        sql("create statistics s on id, (total + 1), note from orders")
                .uses(Use.PREDICATE, "orders.id", "orders.total", "orders.note")
                .reads("orders");
        sql("create index on nosuch (note)").uses(Use.PREDICATE, "?.nosuch.note");
    }

    @Test
    void aViewThatIsFilledLockedOrCopiedNamesWhatItReads() {
        sql("refresh materialized view concurrently contact")
                .reads("person")
                .writes("contact")
                .uses(Use.CARRIED, "person.id", "person.email")
                .uses(Use.PREDICATE, "person.salary")
                .uses(Use.WRITTEN, "contact.id", "contact.mail");
        sql("refresh materialized view unreadable").incomplete();
        sql("lock contact in share mode").locks("contact", "person");
        sql("copy contact (mail) to stdout")
                .reads("contact", "person")
                .uses(Use.CARRIED, "contact.mail", "person.email")
                .uses(Use.PREDICATE, "person.salary");
    }

    @Test
    void expressionsInDefinitionsAreRead() {
        sql("create table t (a int default length('x'), b text check (lower(b) <> ''), c int generated always as (a + 1) stored)")
                .calls("length", "lower")
                .complete();
        sql("create table t (a int default unheard_of())").calls("unheard_of").incomplete();
        sql("create index i on orders (lower(note)) where total > 0")
                .calls("lower")
                .writes("orders")
                .complete();
        sql("create policy p on orders using (person_id in (select id from person where ssn = '1'))")
                .reads("person")
                .writes("orders")
                .uses(Use.PREDICATE, "orders.person_id", "person.id", "person.ssn");
        sql("alter table orders alter note type text using note || total")
                .uses(Use.CARRIED, "orders.note", "orders.total");
        sql("create trigger t after update on orders when (old.total <> new.total) execute function f()")
                .writes("orders")
                .uses(Use.PREDICATE, "orders.total");
        sql("create domain d as text check (length(value) > 1)").calls("length").complete();
        sql("alter table orders add column x int check (x > total)").complete();
    }

    @Test
    void statementsInDefinitionsAreRead() {
        sql("create recursive view v (n) as select 1 union all select n + 1 from v")
                .reads()
                .writes("v")
                .complete();
        sql("create rule r as on insert to archive do instead (delete from orders; select email from users)")
                .is(Kind.CREATE, Kind.DELETE, Kind.SELECT)
                .reads("users")
                .writes("archive", "orders");
        sql("create schema s create table t (a int) create view w as select email from users")
                .writes("s.t", "s.w")
                .uses(Use.CARRIED, "users.email");
        sql("create procedure p() begin atomic delete from orders; insert into archive select id, email, name from users; end")
                .is(Kind.CREATE, Kind.DELETE, Kind.INSERT, Kind.SELECT)
                .writes("orders", "archive")
                .incomplete();
        sql("explain create table t as select email from users with no data")
                .is(Kind.EXPLAIN, Kind.CREATE, Kind.SELECT)
                .writes("t");
        sql("create view v as drop table orders").opaque();
    }

    @Test
    void aRoutineOfStatementsIsOneCommand() {
        assertThat(
                        sql("create function f(a int) returns int begin atomic select case a when 1 then 2 end; end; select 1")
                                .commands())
                .extracting(command -> command.verb())
                .containsExactly(Kind.CREATE, Kind.SELECT);
        sql("create view v as select begin atomic from x; drop table orders; end")
                .opaque();
    }

    @Test
    void tablesThatAreOnlyPointedToAreSaid() {
        sql("create table t (a int references orders, like person including all) inherits (archive)")
                .reads("person")
                .writes("t", "orders", "archive");
        sql("alter table orders attach partition archive for values in (1), inherit users")
                .opaque();
        sql("alter table orders inherit archive, add foreign key (person_id) references person (id)")
                .writes("orders", "archive", "person");
        sql("comment on trigger x on orders is 'y'").writes("orders");
        sql("alter sequence q owned by orders.id").writes("?.q", "orders");
        sql("create publication p for table orders (id) where (total > 0), person")
                .reads("orders", "person");
        sql("create statistics s on id, note from orders").reads("orders");
        sql("security label on column person.ssn is 'x'").writes("person");
    }
}
