package dev.gatehouse.gateway;

import dev.gatehouse.gateway.noninterference.Figures;
import dev.gatehouse.gateway.noninterference.Noninterference;
import dev.gatehouse.testing.MySqlServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Four databases of one server with the same objects, filled with the same rows but for the values of protected columns. Which
 * of those are NULL is the same in all, as no mask hides it.
 */
final class MySqlTwins implements AutoCloseable {

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
                          "*.*.person.extra", "*.*.person.home", "*.*.person.photo", "*.*.person.grade", "*.*.person.mail_key"]
              - tag: text
                columns: ["*.*.review.author", "*.*.review.body", "*.*.event.who"]
            rules:
              - { id: unread, statement: { parse: failed }, then: { allow: {} } }
            masks:
              - { id: hidden, tags: [pii], with: { set_null: {} } }
              - { id: fixed, tags: [text], with: { redact: { text: "***" } } }
            """;

    private static final List<String> SCHEMA = List.of(
            "create table person (id int primary key, name varchar(40) not null, city varchar(40), boss int,"
                    + " plan varchar(10) default 'free', bonus int, email varchar(80), card varchar(30), salary int,"
                    + " score double, born date, extra json, home varchar(60), photo varbinary(40),"
                    + " grade enum('low', 'mid', 'high'), mail_key varchar(80) generated always as (lower(email)) stored,"
                    + " seen datetime default '2026-01-01 00:00:00' on update current_timestamp,"
                    + " unique email_once (email), unique card_start (card(12)), key by_salary (salary), fulltext by_home (home),"
                    + " constraint boss_is_there foreign key (boss) references person (id),"
                    + " constraint bonus_fits check (bonus < salary))",
            "create table orders (id int primary key, person_id int, total decimal(10,2), note varchar(80), items json,"
                    + " placed datetime, foreign key (person_id) references person (id))",
            "create table review (id int primary key, person_id int, author varchar(80), body text, at date,"
                    + " foreign key (author) references person (email) on update cascade)",
            "create table event (id int, who varchar(60), at date, kind varchar(20)) partition by range columns (at)"
                    + " (partition event_a values less than ('2026-07-01'), partition event_b values less than ('2027-01-01'))",
            "create table log (id int primary key auto_increment, line varchar(200))",
            "create view contact as select id, lower(email) as mail, name, city from person",
            "create view plain as select id, name, email, salary from person",
            "create view deep as select c.id, c.mail, o.note, o.total from contact c join orders o on o.person_id = c.id",
            "create view busy as select p.id, p.name, count(o.id) as orders from person p left join orders o"
                    + " on o.person_id = p.id group by p.id, p.name",
            "create view rich as select id, name from person where salary > 300 with check option",
            "create function initial(t text) returns text deterministic no sql return left(t, 1)",
            "create function twice(n int) returns int deterministic no sql return 2 * n",
            "create function mail_of(n int) returns varchar(80) reads sql data return (select email from person where id = n)",
            "create function keep(n int) returns int modifies sql data begin insert into log (line)"
                    + " select email from person where id = n; return n; end",
            "create procedure tell(n int) reads sql data select email from person where id = n",
            "create procedure tell_out(n int, out told varchar(80)) reads sql data"
                    + " select email into told from person where id = n",
            "create trigger noted before update on orders for each row begin declare t varchar(200);"
                    + " if new.note = 'loud' then set t = concat('was ', (select email from person where id = new.person_id));"
                    + " signal sqlstate '45000' set message_text = t; end if; end");

    private final List<MySqlWorld> worlds = new ArrayList<>();
    private final List<MySqlGateway> gateways = new ArrayList<>();
    private final List<String> databases = new ArrayList<>();
    private final MySqlServer server;
    private final boolean mariaDb;

    private MySqlTwins(MySqlProductUnderTest product) {
        server = product.server();
        mariaDb = product == MySqlProductUnderTest.MARIADB;
    }

    static MySqlTwins start(MySqlProductUnderTest product, Path folder) throws Exception {
        MySqlTwins twins = new MySqlTwins(product);
        for (int i = 0; i < 4; i++) {
            String database = twins.server.createDatabase();
            twins.databases.add(database);
            twins.execute(database, SCHEMA);
            if (twins.mariaDb) {
                twins.execute(database, List.of("create sequence tickets"));
            }
            // Rows that change and come back would have the servers count them anew, at moments of their own.
            for (String table : List.of("person", "orders", "review", "event", "log")) {
                twins.execute(database, List.of("alter table " + table + " stats_auto_recalc = 0"));
            }
            twins.execute(database, rows(i % 2 == 0));
            twins.execute(database, List.of("analyze table person, orders, review, event"));
        }
        for (int i = 0; i < 2; i++) {
            String database = twins.databases.get(i);
            MySqlGateway gateway =
                    MySqlGateway.ruledBy(POLICY, twins.server, folder.resolve(product + "-" + i), database);
            twins.gateways.add(gateway);
            // Whose password is known is let in without TLS.
            gateway.connect("maya").close();
            twins.worlds.add(new MySqlWorld(
                    () -> new MySqlTalk("127.0.0.1", gateway.port(), "maya", TestGateway.PASSWORD, database)));
        }
        for (int i = 2; i < 4; i++) {
            String database = twins.databases.get(i);
            MySqlServer server = twins.server;
            twins.worlds.add(new MySqlWorld(
                    () -> new MySqlTalk(server.host(), server.port(), server.username(), server.password(), database)));
        }
        return twins;
    }

    Noninterference law() {
        return new Noninterference(worlds.get(0), worlds.get(1), worlds.get(2), worlds.get(3), new Figures());
    }

    boolean isMariaDb() {
        return mariaDb;
    }

    /** The rows of one world. What is computed of {@code w} is protected; all else is the same in both. */
    private static List<String> rows(boolean left) {
        String w = left ? "1" : "3";
        String d = left ? "'left'" : "'rightmost'";
        return List.of("""
                insert into person (id, name, city, boss, plan, bonus, email, card, salary, score, born, extra, home, photo, grade)
                  with recursive n (i) as (select 1 union all select i + 1 from n where i < 60)
                  select i, concat('Name ', i %% 37), if(i %% 11 = 0, null, concat('City ', i %% 7)),
                    if(i > 1, 1 + i div 3, null), if(i %% 3 = 0, 'pro', 'free'), i %% 50,
                    if(i %% 13 = 0, null, concat('user', (i * %1$s) %% 1009, '@', %2$s, '.test')),
                    concat('4111 ', 1000 + (i * %1$s * 7) %% 9000, ' 1111 ', 1000 + (i * %1$s) %% 9000),
                    if(i %% 17 = 0, null, 100 + (i * %1$s * 31) %% 977),
                    (i * %1$s) %% 101 - 50, '1950-01-01' + interval (i * %1$s * 97) %% 20000 day,
                    json_object('age', (i * %1$s) %% 90, %2$s, i, 'list', json_array((i * %1$s) %% 5, %2$s)),
                    concat(%2$s, ' street ', (i * %1$s) %% 89), concat(%2$s, (i * %1$s) %% 83),
                    elt(1 + (i * %1$s) %% 3, 'low', 'mid', 'high')
                  from n
                """.formatted(w, d), """
                insert into orders
                  with recursive n (i) as (select 1 union all select i + 1 from n where i < 150)
                  select i, 1 + i % 60, (i * 37) % 1000 / 10.0, concat('Note ', i % 9),
                    json_object('item', i % 5, 'paid', i % 2 = 0), '2026-01-01' + interval i * 7 hour from n
                """, """
                insert into review select id, id, email, concat('Body ', (id * %1$s) %% 71), '2026-01-01' + interval id day
                  from person where email is not null
                """.formatted(w), """
                insert into event
                  with recursive n (i) as (select 1 union all select i + 1 from n where i < 100)
                  select i, concat(%2$s, (i * %1$s) %% 83), '2026-01-01' + interval i * 3 day, concat('kind ', i %% 4) from n
                """.formatted(w, d));
    }

    /** Gives all their first rows again, after a script that has left others. */
    void renew() throws SQLException {
        for (int i = 0; i < databases.size(); i++) {
            List<String> commands = new ArrayList<>(List.of(
                    "set foreign_key_checks = 0",
                    "truncate review",
                    "truncate orders",
                    "truncate event",
                    "truncate log",
                    "truncate person",
                    "set foreign_key_checks = 1"));
            commands.addAll(rows(i % 2 == 0));
            execute(databases.get(i), commands);
        }
    }

    private void execute(String database, List<String> commands) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }

    @Override
    public void close() {
        worlds.forEach(MySqlWorld::close);
        gateways.forEach(MySqlGateway::close);
    }
}
