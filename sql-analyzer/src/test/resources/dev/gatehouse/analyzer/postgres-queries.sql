-- Plain columns, stars and aliases.
select * from person
select id, email from person
select p.* from person p
select p.email as x, p.name from person as p
select email "Email", "email" from public.person
select person.email from person
select public.person.ssn from public.person
select * from person p(i, n, e)
select i, e from person p(i, n, e)
select q.* from (select ssn, name from person) q
select q.a from (select ssn from person) q(a)
select q.* from (select p.* from person p) q
select z from (select y as z from (select ssn as y from person) a) b
table person
select * from hr.review
select r.body, p.email from hr.review r, person p
select ctid, email from person
select tableoid, id from person
-- Joins.
select * from person p join orders o on o.person_id = p.id
select o.*, p.email from person p left join orders o on o.person_id = p.id
select * from person join orders using (id)
select id, note from person join orders using (id)
select * from person full join orders using (id)
select * from person natural join orders
select j.* from (person p join orders o using (id)) j
select j.email from (person p cross join orders o) j
select u.id from person join orders using (id) as u
select email, body from person, hr.review where id = person_id
select a.email, b.email from person a join person b on a.boss = b.id
select * from person p, lateral (select note from orders o where o.person_id = p.id) l
select l.e from person p cross join lateral (select p.email as e) l
select p.name, l.* from person p left join lateral (select total from orders) l on true
select * from (person a join orders b on a.id = b.person_id) join hr.review c on c.person_id = a.id
-- Expressions, which the server does not trace, beside columns, which it does.
select upper(email), email from person
select email || '', ssn from person
select (email), ((ssn)) from person
select email::text, email::varchar from person
select cast(ssn as text) from person
select case when id = 1 then email else ssn end, name from person
select coalesce(email, ssn), name from person
select (home).city, home from person
select tags[1], tags from person
select extra->'a', extra->>'b', extra from person
select (select ssn from person limit 1), note from orders
select exists (select 1 from person where ssn = note), note from orders
select array(select ssn from person), total from orders
select row(email, ssn), name from person
select p, p.name from person p
select row_to_json(p), p.id from person p
select email collate "C", name from person
select born at time zone 'utc', born from person
select extract(year from born), born from person
select ssn is null, ssn from person
select email like 'a%', email from person
select email similar to 'a%', name from person
select name between 'a' and 'b', email from person
select id in (select person_id from orders), email from person
select greatest(name, email), ssn from person
select nullif(name, email), ssn from person
select overlay(ssn placing 'x' from 1), name from person
select substring(ssn from 1 for 2), name from person
select position('a' in email), name from person
select trim(both ' ' from email), name from person
select -salary, salary from person
select xmlelement(name a, ssn), name from person
select format('%s', email), name from person
select current_user, email from person
select 'text', 1, null, true, email from person
-- Aggregates, grouping, windows.
select count(*), max(email) from person
select name, count(*) from person group by name
select name, ssn from person group by name, ssn having count(*) > 1
select p.name, sum(o.total) from person p join orders o on o.person_id = p.id group by p.name
select name, grouping(name), sum(salary) from person group by rollup (name)
select name, email, count(*) from person group by grouping sets ((name), (email), ())
select name, row_number() over (partition by boss order by salary), email from person
select first_value(ssn) over w, name from person window w as (order by id)
select sum(salary) over (order by id rows between 1 preceding and current row), ssn from person
select string_agg(email, ',' order by id), min(ssn) from person
select count(*) filter (where ssn > 'a'), max(name) from person
select percentile_cont(0.5) within group (order by salary) from person
select array_agg(distinct email) from person
select distinct email from person
select distinct on (boss) email, boss from person
select email from person order by salary desc nulls last limit 3 offset 1
select email from person order by ssn fetch first 2 rows with ties
-- Sets.
select email from person union select note from orders
select email, id from person union all select note, id from orders order by 2
select email from person except select ssn from person
select email from person intersect all select ssn from person
(select email from person) union (select ssn from person) limit 1
values (1, 'a'), (2, 'b')
select * from (values ((select ssn from person limit 1), 1)) v(a, b)
select v.a, p.email from person p, (values (1), (2)) v(a)
-- WITH.
with x as (select ssn from person) select * from x
with x(a) as (select ssn from person) select a from x
with x as (select ssn from person), y as (select * from x) select y.ssn, o.note from y, orders o
with x as materialized (select * from person) select email, ssn from x
with recursive r as (select id, boss, name from person where boss is null union all select p.id, p.boss, p.name from person p join r on p.boss = r.id) select * from r
with recursive r(n) as (select 1 union all select n + 1 from r where n < 5) select n, email from r, person
with orders as (select ssn as note from person) select note from orders
with x as (select 1 as id) select id, (select email from person p where p.id = x.id) from x
with x as (select * from person) select * from x where exists (with y as (select 1) select * from y)
with x as (update person set name = 'a' returning ssn, name) select * from x
with x as (insert into orders values (1) returning *) select id, note from x
with x as (delete from person returning email) select * from x
-- Views, partitions, inheritance, functions.
select * from contact
select mail from plain
select * from deep
select d.mail, p.ssn from deep d join person p on p.email = d.mail
select * from totals
select * from event
select who from event_2026
select * from animal
select * from only animal
select * from dog
select name from dog where legs > 2
select * from gen
select a.name, d.breed from animal a join dog d using (name)
select * from people()
select * from mails()
select * from generate_series(1, 3) g
select g, email from generate_series(1, 3) g, person
select * from unnest(array[1, 2]) with ordinality u(a, n)
select t.a, p.email from person p, unnest(p.tags) t(a)
select * from rows from (generate_series(1, 2), unnest(array['a'])) r(a, b)
select key, value from person, jsonb_each(extra)
select x.a from person, jsonb_to_record(extra) as x(a text)
select relname, oid from pg_class
select c.relname, a.attname from pg_catalog.pg_class c join pg_attribute a on a.attrelid = c.oid
select table_name from information_schema.tables
select * from pg_tables
-- What writes and returns.
insert into orders values (1, 2, 3, 'x') returning *
insert into orders (id, note) select id, ssn from person returning note, id
insert into orders as o values (1) on conflict (id) do update set note = excluded.note || o.note returning o.note
update person set email = 'x' where id = 1 returning id, email
update person p set email = o.note from orders o where o.person_id = p.id returning p.ssn, o.note
update person set (name, email) = (select note, note from orders limit 1) returning *
delete from person returning *
delete from orders o using person p where p.id = o.person_id returning p.email, o.*
merge into orders o using person p on p.id = o.id when matched then update set note = p.ssn returning o.note, p.email
-- Locking and odd forms.
select email from person for update
select email from person p for no key update of p skip locked
select email from only person
select * from person tablesample system (10)
select p.id, (p).email from person p
select (p.home).street, p.name from person p
select email from (table person) x
select (values (1)), email from person
select all email from person
select email as "a b", ssn as select_ from person
select person.id, orders.id from person, orders
select from person
select email from person where (id, boss) in (select 1, 2)
select email from person where row(id, boss) = row(1, 2)
select email from person where id = any (array[1, 2])
select email from person where id = all (select id from orders)
select email operator(pg_catalog.||) 'x', name from person
select u&"em\0061il" from person
select e'a', email from person
select $$a$$, ssn from person
