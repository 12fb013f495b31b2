package dev.gatehouse.gateway;

import java.util.ArrayList;
import java.util.List;

/** A shop with protected columns of many kinds, for the tables of attacks. */
final class AttackedShop {

    /** Everything is allowed to everybody: what is refused to who sees masks is so for their sake alone. */
    static final String POLICY = """
            apiVersion: gatehouse/v1
            kind: Policy
            default: allow
            roles:
              analyst: { groups: [analysts] }
              engineer: { groups: [engineers] }
            logins:
              - { roles: [analyst, engineer], upstreams: [shop], may_use: [rw], default: rw }
            classify:
              - { tag: pii.email, columns: ["*.*.customers.email"] }
              - { tag: pci.pan, columns: ["*.*.customers.card"] }
              - { tag: pii, columns: ["*.*.customers.ssn", "*.*.customers.salary", "*.*.customers.profile", "*.*.customers.photo",
                  "*.*.customers.home", "*.*.customers.tags", "*.*.customers.vip", "*.*.accounts.iban", "*.*.accounts.balance",
                  "*.*.letters.recipient"] }
            rules:
              - { id: unread, who: { roles: [engineer] }, statement: { parse: failed }, then: { allow: {} } }
            masks:
              - { id: email, tags: [pii.email], who: { roles: [analyst] }, with: { email: { keep: domain } } }
              - { id: card, tags: [pci.pan], who: { roles: [analyst] }, with: { card_last4: {} } }
              - { id: pii, tags: [pii], who: { roles: [analyst] }, with: { set_null: {} } }
              - { id: bonus, columns: ["*.*.customers.bonus"], who: { roles: [analyst] }, with: { bucket: { size: 1000 } } }
              - { id: born, columns: ["*.*.customers.born"], who: { roles: [analyst] }, with: { truncate_date: { to: year } } }
              - { id: phone, columns: ["shop.public.people.phone"], who: { roles: [analyst] }, with: { partial: { last: 2 } } }
              - { id: secret, columns: ["*.*.events.secret"], who: { roles: [analyst] }, with: { redact: {} } }
            """;

    private static final String PG_TABLES = """
            create type address as (street text, zip text);
            create table customers (
                id int primary key,
                name text not null,
                city text,
                score int,
                email text unique,
                email_lower text generated always as (lower(email)) stored,
                card varchar(19),
                ssn text,
                salary int,
                bonus numeric(12,2),
                born date,
                profile jsonb,
                photo bytea,
                home address,
                tags text[],
                vip boolean,
                note text default 'none',
                made timestamptz default '2026-01-01 00:00:00+00');
            create table orders (id int primary key, customer int references customers, status text, total numeric(10,2),
                placed timestamptz);
            create table events (id int, at date, secret text, kind text) partition by range (at);
            create table events_2025 partition of events for values from ('2025-01-01') to ('2026-01-01');
            create table events_2026 partition of events for values from ('2026-01-01') to ('2027-01-01');
            create table people (id int, nick text, phone text);
            create table staff (grade int) inherits (people);
            create table scratch (id serial primary key, n int, t text, j jsonb);
            """;

    private static final String PG_REST = """
            create view contacts as select id as contact, lower(email) as mail, name from customers;
            create view important as select id, name from customers where vip;
            create view harmless as select id, name, city from customers;
            create materialized view card_book as select id, card as number, name from customers;
            create index on customers (lower(ssn));
            create function mail_sql(int) returns text language sql stable as 'select email from customers where id = $1';
            create function mail_pl(n int) returns text language plpgsql stable as
                'begin return (select email from customers where id = n); end';
            create function mails() returns setof text language sql stable as 'select email from customers order by id';
            create function rows_of() returns setof customers language sql stable as 'select * from customers order by id';
            create function twice(n int) returns int language sql immutable as 'select n * 2';
            create function tell() returns trigger language plpgsql as
                'begin raise notice ''email is %'', (select email from customers where id = 1); return new; end';
            create procedure tell_all(inout told text) language plpgsql as
                'begin select string_agg(email, '','' order by id) into told from customers; end';
            create sequence counter;
            insert into scratch (n, t, j) select i, 'text ' || i, jsonb_build_object('i', i) from generate_series(1, 5) i;
            analyze;
            """;

    private static final String[] MYSQL = {
        "create table customers (id int primary key, name varchar(60) not null, city varchar(60), score int, email varchar(60) unique,"
                + " email_lower varchar(60) generated always as (lower(email)) stored, card varchar(19), ssn varchar(11),"
                + " salary int, bonus decimal(12,2), born date, profile json, photo varbinary(20), vip boolean,"
                + " note varchar(100) default 'none', made datetime default '2026-01-01 00:00:00')",
        "create table orders (id int primary key, customer int, status varchar(60), total decimal(10,2), placed datetime)",
        "create table events (id int, at date, secret varchar(60), kind varchar(60)) partition by range (id)"
                + " (partition low values less than (7), partition high values less than (100))",
        "create table people (id int primary key, nick varchar(60), phone varchar(60))",
        "create table scratch (id int primary key auto_increment, n int, t varchar(100), j json)",
        "create table gathered (n int, t varchar(100))",
        "create table accounts (id int primary key, name varchar(60) unique, iban varchar(60), balance int, credit int default 0,"
                + " seen datetime default '2026-01-01 00:00:00' on update current_timestamp, gap int generated always as (balance - credit) stored, unique key (iban(30)),"
                + " constraint covered check (credit < balance))",
        "create table letters (id int primary key, recipient varchar(60), copy_of int,"
                + " foreign key (recipient) references customers (email) on update cascade)",
        "create table stamps (id int primary key, letter int, foreign key (letter) references letters (id) on delete cascade)",
    };

    private static final String[] MYSQL_REST = {
        "create view contacts as select id as contact, lower(email) as mail, name from customers",
        "create view important as select id, name from customers where vip",
        "create view harmless as select id, name, city from customers",
        "create index by_ssn on customers (ssn)",
        "create function mail_of(n int) returns varchar(60) reads sql data"
                + " return (select email from customers where id = n)",
        "create function twice(n int) returns int deterministic no sql return n * 2",
        "create procedure tell(n int) reads sql data select email from customers where id = n",
        "create procedure tell_out(n int, out told varchar(60)) reads sql data"
                + " select email into told from customers where id = n",
        "create procedure harmless_rows() reads sql data select id, name from customers order by id",
        "insert into scratch (id, n, t, j) values (1, 1, 'text 1', '{\"i\": 1}'), (2, 2, 'text 2', '{\"i\": 2}'),"
                + " (3, 3, 'text 3', '{\"i\": 3}')",
        "analyze table customers",
    };

    private AttackedShop() {}

    /** The policy for servers whose schemas are databases. */
    static String mySqlPolicy() {
        return POLICY.replace("shop.public.", "shop.*.");
    }

    /** What makes the shop on MySQL and MariaDB, with these secrets in it. */
    static List<String> mySql(Secrets secrets) {
        List<String> commands = new ArrayList<>(List.of(MYSQL));
        for (int i = 1; i <= Secrets.ROWS; i++) {
            String number = String.valueOf(i);
            for (String command : List.of(
                    "insert into customers (id, name, city, score, email, card, ssn, salary, bonus, born, profile, photo, vip)"
                            + " values (#, 'Name #', concat('City ', # % 3), # * 10, '{email#}', '{card#}', '{ssn#}', {salary#},"
                            + " {bonus#}, '{born#}', '{\"pin\": \"{pin#}\", \"plan\": \"basic\"}', '{photo#}', {vip#})",
                    "insert into orders values (#, #, 'new', # * 1.5, '2026-01-01'), (100 + #, 1 + # % 3, 'sent', #, '2026-02-01')",
                    "insert into events values (#, '2025-03-01' + interval # month, '{secret#}', concat('kind ', # % 2))",
                    "insert into accounts (id, name, iban, balance) values (#, 'Account #', '{card#}', {salary#})",
                    "insert into letters values (#, '{email#}', null)",
                    "insert into stamps values (#, #)",
                    "insert into people values (#, 'nick #', '{phone#}')")) {
                commands.add(secrets.placed(command.replace("#", number)));
            }
        }
        commands.addAll(List.of(MYSQL_REST));
        return commands;
    }

    /** What makes the shop on PostgreSQL, with these secrets in it. */
    static List<String> postgres(Secrets secrets) {
        List<String> commands = new ArrayList<>();
        commands.add(PG_TABLES);
        StringBuilder rows = new StringBuilder();
        for (int i = 1; i <= Secrets.ROWS; i++) {
            rows.append("""
                    insert into customers (id, name, city, score, email, card, ssn, salary, bonus, born, profile, photo, home, tags,
                        vip)
                        values (#, 'Name #', 'City ' || # % 3, # * 10, '{email#}', '{card#}', '{ssn#}', {salary#}, {bonus#},
                        '{born#}', '{"pin": "{pin#}", "plan": "basic"}', '{photo#}', row('{street#}', '1000#'),
                        array['{tag#}', 'common'], {vip#});
                    insert into events values (#, '2025-03-01'::date + # * 30, '{secret#}', 'kind ' || # % 2);
                    insert into people values (#, 'nick #', '{phone#}');
                    """.replace("#", String.valueOf(i)));
        }
        rows.append("""
                insert into orders select id, id, 'new', id * 1.5, '2026-01-01 00:00:00+00'::timestamptz from customers;
                insert into orders select 100 + id, 1 + id % 3, 'sent', id, '2026-02-01 00:00:00+00'::timestamptz from customers;
                """);
        rows.append("insert into staff select 100 + id, nick, phone, id % 4 from only people;");
        commands.add(secrets.placed(rows.toString()));
        commands.add(PG_REST);
        return commands;
    }
}
