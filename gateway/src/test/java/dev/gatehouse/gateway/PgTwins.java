package dev.gatehouse.gateway;

import dev.gatehouse.gateway.noninterference.Figures;
import dev.gatehouse.gateway.noninterference.Noninterference;
import dev.gatehouse.testing.RealPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Databases made from one template, so that the same objects have the same numbers, and filled with the same rows but for the
 * values of protected columns. Which of those are NULL is the same in all, as no mask hides it.
 */
final class PgTwins implements AutoCloseable {

    /** Nobody may see these values; every one of the two worlds has its own. */
    private static final String POLICY = """
            apiVersion: gatehouse/v1
            kind: Policy
            default: allow
            roles: { analyst: { groups: [analysts] } }
            logins: [ { roles: [analyst], upstreams: [shop], may_use: [rw], default: rw } ]
            classify:
              - tag: pii
                columns: ["*.*.person.email", "*.*.person.card", "*.*.person.salary", "*.*.person.score", "*.*.person.born",
                          "*.*.person.extra", "*.*.person.home", "*.*.person.tags", "*.*.person.grade", "*.*.person.mail_key"]
              - tag: text
                columns: ["*.*.review.author", "*.*.review.body", "*.*.event.who", "*.*.dog.owner"]
            rules:
              - { id: unread, statement: { parse: failed }, then: { allow: {} } }
            masks:
              - { id: hidden, tags: [pii], with: { set_null: {} } }
              - { id: fixed, tags: [text], with: { redact: { text: "***" } } }
            """;

    private static final String SCHEMA = """
            create schema hr;
            create type address as (street text, city text);
            create type grade as enum ('low', 'mid', 'high');
            create domain code as text check (value ~ '^[a-z0-9]*$');
            create sequence tickets;
            create table person (id int primary key, name text not null, city text, boss int references person,
                plan code default 'free', bonus int, email text, card varchar(19), salary int, score float8, born date,
                extra jsonb, home address, tags text[], grade grade,
                mail_key text generated always as (lower(email)) stored,
                constraint email_once unique (email), constraint card_once unique (card) deferrable initially deferred, constraint bonus_fits check (bonus < salary));
            create table orders (id int primary key, person_id int references person, total numeric(10,2), note text,
                lines jsonb, labels text[], placed timestamp);
            create table hr.review (id int primary key, person_id int, author text references person (email)
                deferrable initially deferred, body text, at date);
            create table event (id int, who text, at date, kind text) partition by range (at);
            create table event_a partition of event for values from ('2026-01-01') to ('2026-07-01');
            create table event_b partition of event for values from ('2026-07-01') to ('2027-01-01');
            create table animal (id int, species text);
            create table dog (owner text, breed text) inherits (animal);
            create table log (id serial, line text);
            create view contact as select id, lower(email) as mail, name, city from person;
            create view plain as select id, name, email, salary from person;
            create view deep as select c.id, c.mail, o.note, o.total from contact c join orders o on o.person_id = c.id;
            create view busy as select p.id, p.name, count(o.id) as orders from person p left join orders o on o.person_id = p.id
                group by p.id, p.name;
            create view grades as select grade, count(*) as many from person group by grade;
            create function initial(text) returns text language sql immutable as 'select left($1, 1)';
            create function twice(int) returns int language sql immutable as 'select 2 * $1';
            create function people() returns setof person language sql stable as 'select * from person';
            create function mails(out id int, out mail text) returns setof record language sql stable
                as 'select id, email from person';
            create function mail_of(int) returns text language sql stable as 'select email from person where id = $1';
            create function describe(person) returns text language plpgsql stable as 'begin return $1.email; end';
            create function tell(int) returns int language plpgsql as
                $$ begin raise notice 'mail %', (select email from person where id = $1); return $1; end $$;
            create function keep(int) returns int language plpgsql as
                $$ begin insert into log (line) select email from person where id = $1; return $1; end $$;
            create function noted() returns trigger language plpgsql as
                $$ begin raise notice 'was %', old.email; return new; end $$;
            create index on person (lower(email));
            create statistics on grade, city from person;
            create trigger noted after update of plan on person for each row execute function noted();
            """;

    private static final String STILL = """
            do $$ declare r record; begin
              for r in select c.oid::regclass as name from pg_class c join pg_namespace n on n.oid = relnamespace
                  where relkind = 'r' and nspname in ('public', 'hr') loop
                execute 'alter table ' || r.name || ' set (autovacuum_enabled = false)';
              end loop;
            end $$;
            """;

    private final List<PgWorld> worlds = new ArrayList<>();
    private final List<TestGateway> gateways = new ArrayList<>();
    private final List<String> databases = new ArrayList<>();

    private PgTwins() {}

    static PgTwins start(Path folder) throws Exception {
        String template = RealPostgres.shared().createDatabase();
        execute(template, SCHEMA + STILL);
        PgTwins twins = new PgTwins();
        for (int i = 0; i < 4; i++) {
            String database = template + "_" + i;
            execute("postgres", "create database " + database + " template " + template);
            execute(database, rows(i % 2 == 0));
            execute(
                    database,
                    "create materialized view totals as select person_id as id, sum(total) as total from orders group by 1;"
                            + "create materialized view mails_kept as select id, email as kept from person; analyze");
            twins.databases.add(database);
        }
        for (int i = 0; i < 2; i++) {
            TestGateway gateway = TestGateway.ruledBy(POLICY, folder.resolve("gateway" + i), twins.databases.get(i));
            twins.gateways.add(gateway);
            twins.worlds.add(new PgWorld(() -> gateway.connect("maya")));
        }
        for (int i = 2; i < 4; i++) {
            String database = twins.databases.get(i);
            twins.worlds.add(new PgWorld(() -> RealPostgres.shared().connect(database)));
        }
        return twins;
    }

    Noninterference law() {
        return new Noninterference(worlds.get(0), worlds.get(1), worlds.get(2), worlds.get(3), new Figures());
    }

    /** The rows of one world. What is computed of {@code w} is protected; all else is the same in both. */
    private static String rows(boolean left) {
        return """
                select setseed(0.5);
                insert into person (id, name, city, boss, plan, bonus, email, card, salary, score, born, extra, home, tags, grade)
                  select i, 'Name ' || i %% 37, case when i %% 11 = 0 then null else 'City ' || i %% 7 end,
                    case when i > 1 then 1 + i / 3 end, case when i %% 3 = 0 then 'pro' else 'free' end, i %% 50,
                    case when i %% 13 = 0 then null else 'user' || (i * w) %% 1009 || '@' || d || '.test' end,
                    '4111 ' || 1000 + (i * w * 7) %% 9000 || ' 1111 ' || 1000 + (i * w) %% 9000,
                    case when i %% 17 = 0 then null else 100 + (i * w * 31) %% 977 end,
                    (i * w) %% 101 - 50, date '1950-01-01' + (i * w * 97) %% 20000,
                    jsonb_build_object('age', (i * w) %% 90, d, i, 'list', jsonb_build_array((i * w) %% 5, d)),
                    row(d || ' street ' || (i * w) %% 89, 'Town ' || (i * w) %% 7)::address,
                    array_fill(d || i, array[1 + (i * w) %% 3]), (array['low', 'mid', 'high'])[1 + (i * w) %% 3]::grade
                  from generate_series(1, 60) i, (values (%1$s, %2$s)) v(w, d);
                insert into orders select i, 1 + i %% 60, (i * 37) %% 1000 / 10.0, 'Note ' || i %% 9,
                    jsonb_build_object('item', i %% 5, 'paid', i %% 2 = 0), array['a' || i %% 3, 'b'],
                    timestamp '2026-01-01' + i * interval '7 hours' from generate_series(1, 150) i;
                insert into hr.review select id, id, email, 'Body ' || (id * w) %% 71, date '2026-01-01' + id
                  from person, (values (%1$s)) v(w) where email is not null;
                insert into event select i, d || (i * w) %% 83, date '2026-01-01' + i * 3, 'kind ' || i %% 4
                  from generate_series(1, 100) i, (values (%1$s, %2$s)) v(w, d);
                insert into animal select i, 'cat' from generate_series(1, 5) i;
                insert into dog select i, 'dog', d || (i * w) %% 7, 'breed ' || i %% 3
                  from generate_series(6, 12) i, (values (%1$s, %2$s)) v(w, d);
                """.formatted(left ? 1 : 3, left ? "'left'" : "'rightmost'");
    }

    /** Gives all their first rows again, after a script that has left others. */
    void renew() throws SQLException {
        for (int i = 0; i < databases.size(); i++) {
            execute(
                    databases.get(i),
                    "truncate person, orders, hr.review, event, animal, dog, log restart identity;"
                            + " select setval('tickets', 1); " + rows(i % 2 == 0));
        }
    }

    private static void execute(String database, String sql) throws SQLException {
        try (Connection connection = RealPostgres.shared().connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        worlds.forEach(PgWorld::close);
        gateways.forEach(TestGateway::close);
    }
}
