package dev.gatehouse.analyzer;

import static dev.gatehouse.analyzer.Reading.sql;

import dev.gatehouse.firewall.statement.Effect.Use;
import dev.gatehouse.firewall.statement.Kind;
import org.junit.jupiter.api.Test;

/** Where result columns come from. */
final class LineageTest {

    @Test
    void everyExpressionHoldsWhatItsPartsHold() {
        sql("select upper(name) from person").readsOnly("person.name");
        sql("select name || ' <' || email || '>' from person").readsOnly("person.name", "person.email");
        sql("select case when salary > 10 then name else 'x' end from person")
                .readsOnly("person.name", "person.salary");
        sql("select case email when 'a' then 1 end from person").readsOnly("person.email");
        sql("select coalesce(email, name), greatest(id, boss) from person")
                .outputs("person.email person.name", "person.id person.boss");
        sql("select array[id, salary], array[[1, ssn], [2, 3]] from person")
                .outputs("person.id person.salary", "person.ssn");
        sql("select (array(select email from person))[1]").readsOnly("person.email");
        sql("select email::varchar(10), cast(ssn as text), salary::numeric(10,2)[] from person")
                .outputs("person.email", "person.ssn", "person.salary");
        sql("select payload->'a'->>'b', payload #>> '{a}', payload @> '{}' from orders")
                .outputs("orders.payload", "orders.payload", "orders.payload");
        sql("select email ~* 'x', email collate \"C\", note at time zone 'UTC' from users, orders")
                .outputs("users.email", "users.email", "orders.note");
        sql("select extract(year from o.note), substring(u.email from 2), position('a' in name), trim(both 'x' from ssn)"
                        + " from users u, orders o")
                .outputs("orders.note", "users.email", "users.name", "users.ssn");
        sql("select row(id, ssn), (id, email) from users").outputs("users.id users.ssn", "users.id users.email");
        sql("select current_date, now(), current_user, interval '1' day, date '2020-01-01', timestamp with time zone 'x'")
                .outputs("", "", "", "", "", "")
                .complete();
        sql("select id in (1, 2), ssn between '1' and name, not id is null from users")
                .outputs("users.id", "users.ssn users.name", "users.id");
    }

    @Test
    void aFieldMayBeAFunctionInDisguise() {
        sql("select ('select email from users'::text).all_emails")
                .calls("all_emails")
                .outputs("?")
                .incomplete();
        sql("select (id).md5 from users where (ssn).lower = 'x'")
                .calls("md5", "lower")
                .outputs("users.id ?")
                .incomplete();
        sql("select u.all_emails from users u").calls("all_emails").incomplete();
        sql("insert into archive values (1) on conflict (id) do update set email = excluded.all_emails")
                .calls("all_emails")
                .incomplete();
        sql("select q.all_emails from jsonb_to_record('{}') q")
                .calls("jsonb_to_record", "all_emails")
                .incomplete();
        sql("select (u).email, (home).street from users u").calls().complete();
    }

    @Test
    void aWholeRowHoldsAllItsColumns() {
        String all = "users.id users.name users.email users.ssn users.home";
        sql("select u from users u").readsOnly(all.split(" ", -1));
        sql("select row_to_json(u), u::text, format('%s', u), to_json(u.*) from users u")
                .outputs(all, all, all, all);
        sql("select (u).email from users u").readsOnly("users.email");
        sql("select (home).street from users").readsOnly("users.home");
        sql("select u.fullname from users u").outputs(all + " ?").incomplete();
        sql("select array_agg(u) from users u").readsOnly(all.split(" ", -1));
    }

    @Test
    void starsAreExpanded() {
        sql("select * from archive").outputs("archive.id", "archive.name", "archive.email");
        sql("select a.*, 1 from archive a, users").outputs("archive.id", "archive.name", "archive.email", "");
        sql("select * from archive a(x) where x = 1").outputs("archive.id", "archive.name", "archive.email");
        sql("select * from archive join audit.log on at = id")
                .outputs(
                        "archive.id",
                        "archive.name",
                        "archive.email",
                        "audit.log.at",
                        "audit.log.who",
                        "audit.log.what");
        sql("select * from archive a join users u using (id)")
                .outputs(
                        "archive.id users.id",
                        "archive.name",
                        "archive.email",
                        "users.name",
                        "users.email",
                        "users.ssn",
                        "users.home");
        sql("select * from archive natural join audit.log")
                .outputs(
                        "archive.id",
                        "archive.name",
                        "archive.email",
                        "audit.log.at",
                        "audit.log.who",
                        "audit.log.what");
        sql("select * from generate_series(1, 3) g, jsonb_each('{}') with ordinality")
                .outputs("", "", "", "");
    }

    @Test
    void namesMeanWhatTheInnermostLevelSays() {
        sql("select (select email from users u where u.id = p.id) from person p")
                .readsOnly("users.email");
        sql("select (select p.ssn) from person p").readsOnly("person.ssn");
        sql("select (select ssn from archive) from person").readsOnly("person.ssn");
        sql("select (select salary from users) from person").readsOnly("person.salary");
        sql("select s.x from (select email as x, ssn from users) s").readsOnly("users.email");
        sql("select x from archive, lateral (select ssn x from users where users.id = archive.id) l")
                .readsOnly("users.ssn");
        sql("with t as (select ssn as a from users) select a from t").readsOnly("users.ssn");
        sql("with person as (select email as name from users) select name from person")
                .readsOnly("users.email");
        sql("with t(b) as (select ssn from users) select b from t as q").readsOnly("users.ssn");
        sql("select text from (select (ssn || '')::text from users) s").readsOnly("users.ssn");
        sql("select (select int4 from (select (boss + 1)::int4 from person) s) from archive")
                .readsOnly("person.boss");
    }

    @Test
    void recursionIsFollowedToItsEnd() {
        sql("with recursive t(a, b) as (select id, name from person union all"
                        + " select t.a + 1, p.email || t.b from t join person p on p.boss = t.a) select b from t")
                .readsOnly("person.name", "person.email");
        sql("with recursive a as (select * from b), b as (select email from users) select * from a")
                .readsOnly("users.email")
                .complete();
        sql("with recursive a(x) as (select ssn from users union select y from b),"
                        + " b(y) as (select name from person union all select x from a) select y from b")
                .readsOnly("users.ssn", "person.name")
                .complete();
    }

    @Test
    void combinedQueriesAreZipped() {
        sql("select name, 1 from person union all select ssn, id from users")
                .outputs("person.name users.ssn", "users.id");
        sql("values (1, (select email from users)), (2, 'x')").outputs("", "users.email");
        sql("select name from person except select email from users").uses(Use.GROUP, "person.name", "users.email");
        sql("(select name from person order by ssn limit 1) union all (table only_missing)")
                .incomplete();
    }

    @Test
    void whatOnlyDecidesIsNoResult() {
        sql("select name from person where ssn like '1%'")
                .readsOnly("person.name")
                .uses(Use.PREDICATE, "person.ssn");
        sql("select name from person order by salary desc nulls last, length(email)")
                .uses(Use.ORDER, "person.salary", "person.email")
                .uses(Use.RESULT, "person.name");
        sql("select boss, count(*) from person group by boss having max(salary) > 1")
                .uses(Use.GROUP, "person.boss")
                .uses(Use.PREDICATE, "person.salary");
        sql("select name as salary from person order by salary").uses(Use.ORDER, "person.name");
        sql("select name, email from person order by 2")
                .uses(Use.ORDER, "person.email")
                .blind(false);
        sql("select distinct name from person").uses(Use.GROUP, "person.name");
        sql("select distinct on (ssn) name from person")
                .uses(Use.GROUP, "person.ssn")
                .readsOnly("person.name");
        sql("select rank() over (partition by boss order by salary rows between 1 preceding and current row)"
                        + " from person")
                .readsOnly()
                .uses(Use.GROUP, "person.boss")
                .uses(Use.ORDER, "person.salary");
        sql("select lag(ssn) over w from person window w as (order by id)")
                .readsOnly("person.ssn")
                .uses(Use.ORDER, "person.id");
        sql("select sum(total) filter (where note = 'x') from orders")
                .readsOnly("orders.total")
                .uses(Use.PREDICATE, "orders.note");
        sql("select string_agg(name, ',' order by ssn) from person")
                .readsOnly("person.name")
                .uses(Use.ORDER, "person.ssn");
        sql("select percentile_cont(0.5) within group (order by salary) from person")
                .readsOnly("person.salary");
        sql("select 1 from person p join users u on p.ssn = u.ssn").uses(Use.JOIN, "person.ssn", "users.ssn");
        sql("select exists (select ssn from users where email = 'x')")
                .readsOnly()
                .uses(Use.PREDICATE, "users.email");
        sql("select count(*) from (select distinct email from users) s").uses(Use.GROUP, "users.email");
    }

    @Test
    void countingTellsNothingOfAValue() {
        sql("select count(email) from users").readsOnly().uses(Use.AGGREGATE, "users.email");
        sql("select count(distinct email) from users").readsOnly().uses(Use.GROUP, "users.email");
        sql("select count(case when email like 'a%' then 1 end) from users").uses(Use.PREDICATE, "users.email");
    }

    @Test
    void whatAFunctionKeepsIsCarried() {
        sql("select set_config('my.secret', ssn, false) from users").uses(Use.CARRIED, "users.ssn");
        sql("select count(*) from (select set_config('my.secret', email, false) from users) s")
                .uses(Use.CARRIED, "users.email");
        sql("select name from users where query_to_xml(email, true, true, '') is null")
                .uses(Use.CARRIED, "users.email");
    }

    @Test
    void viewsAreSeenThrough() {
        sql("select mail from contact")
                .readsOnly("contact.mail", "person.email")
                .reads("contact", "person")
                .uses(Use.PREDICATE, "person.salary");
        sql("select mail from unreadable").outputs("unreadable.mail ?").incomplete();
    }

    @Test
    void aChildsColumnIsItsParentsToo() {
        sql("select email, club from honorary")
                .outputs("honorary.email member.email human.email", "?")
                .reads("honorary");
        sql("select club from member").readsOnly("member.club");
        sql("select name from robot").readsOnly("robot.name", "human.name");
    }

    @Test
    void aParentsColumnIsThatOfAllWhoseRowsItShows() {
        sql("select email from human")
                .readsOnly("human.email", "member.email", "honorary.email", "audit.both.email", "audit.listed.email")
                .reads("human");
        sql("select name from human").readsOnly("human.name", "robot.name", "member.name");
        sql("select email from audit.both").readsOnly("audit.both.email", "human.email", "audit.listed.email");
        sql("update human set email = 'x' where id = 1")
                .uses(
                        Use.WRITTEN,
                        "human.email",
                        "member.email",
                        "honorary.email",
                        "audit.both.email",
                        "audit.listed.email");
    }

    @Test
    void whoChangesAParentsRowsWritesItsChildren() {
        String[] all = {"human", "robot", "member", "honorary", "audit.both"};
        sql("delete from human where id = 1").writes(all).reads("human");
        sql("update human set name = 'x'").writes(all);
        sql("merge into human h using users u on h.id = u.id when matched then delete")
                .writes(all);
        sql("truncate users, human").writes("human", "robot", "member", "honorary", "audit.both", "users");
        sql("delete from member").writes("member", "honorary");
        sql("delete from only human h").writes("human");
        sql("update only human set name = 'x'").writes("human");
        sql("truncate only human").writes("human");
        sql("insert into human (id) values (1)").writes("human");
        sql("lock table human").locks(all);
    }

    @Test
    void whatAFunctionOfUnknownBodyIsGivenIsCarried() {
        sql("select all_emails(ssn) from users").outputs("users.ssn ?").uses(Use.CARRIED, "users.ssn");
        sql("select name from users where md5(ssn) = 'x'").uses(Use.CARRIED, "users.ssn");
        sql("select 1 from (select ssn as s from users) u, lateral other.f(u.s, (select email from archive)) x")
                .uses(Use.CARRIED, "users.ssn", "archive.email");
        sql("insert into archive (email) select all_emails(ssn) from users").uses(Use.CARRIED, "users.ssn", "?.?.?");
        sql("select pg_catalog.md5(ssn) from users").uses(Use.CARRIED).readsOnly("users.ssn");
    }

    @Test
    void whatAFunctionOfUnknownBodyGivesMayDecideOrBeCarried() {
        sql("select name from users where all_emails() = 'x'").uses(Use.PREDICATE, "?.?.?");
        sql("select name from users order by all_emails()").uses(Use.ORDER, "?.?.?");
        sql("select 1 from users join person on all_emails() = 'x'").uses(Use.JOIN, "?.?.?");
        sql("select name from users where query_to_xml('select 1', true, true, '')::text like '%a%'")
                .uses(Use.PREDICATE, "?.?.?");
        sql("select set_config('a.b', query_to_xml('select 1', true, true, '')::text, false)")
                .uses(Use.CARRIED, "?.?.?");
        sql("select all_emails()").uses(Use.CARRIED).uses(Use.PREDICATE).outputs("?");
    }

    @Test
    void whatAFunctionShowsByOtherMeansIsCarried() {
        for (String call : new String[] {
            "setseed(salary)",
            "pg_advisory_lock(salary)",
            "pg_try_advisory_xact_lock(salary)",
            "pg_sleep(salary)",
            "lo_create(salary)",
            "lo_lseek(1, salary, 0)",
            "pg_create_restore_point(salary)",
            "pg_notify('a', salary)"
        }) {
            sql("select " + call + " from person").uses(Use.CARRIED, "person.salary");
        }
    }

    @Test
    void systemColumnsHoldNothing() {
        sql("select ctid, tableoid::regclass, users.xmin from users")
                .outputs("", "", "")
                .complete();
    }

    @Test
    void whatShowsOtherPeoplesDataIsNotAccountedFor() {
        sql("select most_common_vals from pg_stats").outputs("pg_catalog.pg_stats.most_common_vals ?");
    }

    @Test
    void whatIsNotInTheCatalogIsUnknown() {
        sql("select a from nosuch").outputs("?").incomplete().reads("?.nosuch");
        sql("select * from nosuch").rowsUntold().incomplete();
        sql("select * from other.nosuch").reads("other.nosuch");
        sql("select nosuch from users").outputs("?").incomplete();
        sql("select a from pg_temp.users").reads("?.users");
    }

    @Test
    void lockingAndLimitsAreSeen() {
        sql("select total from orders where id = 1 for update of orders skip locked")
                .readsOnly("orders.total")
                .limited(false);
        sql("select id from users limit $1 offset 5").limited(true);
        sql("select id from users fetch first 10 rows only").limited(true);
        sql("select id from users limit all").limited(false);
        sql("select id from users order by name limit (select max(ssn)::int from users)")
                .readsOnly("users.id")
                .limited(false)
                .uses(Use.ORDER, "users.name")
                .uses(Use.PREDICATE, "users.ssn");
        sql("select id from users offset length('x') limit 5").limited(true).complete();
        sql("select (select name from archive limit u.ssn::int) from users u")
                .readsOnly("archive.name")
                .uses(Use.PREDICATE, "users.ssn");
        sql("select id from users union select id from archive fetch first (select boss from person) rows only")
                .limited(false)
                .uses(Use.GROUP, "users.id", "archive.id")
                .uses(Use.PREDICATE, "person.boss");
        sql("values (1) limit nosuch(1)").incomplete();
    }

    @Test
    void aSelectMayMakeATable() {
        sql("select email into temp copy from users")
                .is(Kind.SELECT, Kind.CREATE)
                .uses(Use.CARRIED, "users.email")
                .outputs();
    }
}
