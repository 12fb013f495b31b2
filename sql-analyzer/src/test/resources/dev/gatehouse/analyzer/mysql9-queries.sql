-- Queries that MySQL takes and MariaDB does not, one to a line. {hr} is the other database.
with x as (select email from person) select * from (with y as (select * from x) select * from y) d
values row('x', 1), row('y', 2)
select * from (values row(1, 'x')) d
select d.a from (values row(1, 'x')) d (a, b)
values row((select ssn from person where id = 1), 1)
select d.b from (values row(1, (select ssn from person where id = 1))) d (a, b)
with x (a) as (values row((select ssn from person where id = 1))) select a from x
table person
table archive order by email limit 1
table plain
select * from (table archive) d
select (table limited limit 1) as x
table archive union table archive
with x as (table archive) select email from x
with x as (table archive) table x
select note from orders where (id, person_id, total, note) in (table orders)
select email from person intersect select name from person
select email from person except select note from orders
select email from person except all select note from orders
select email from person intersect all select email from archive
select email from person union select note from orders except select name from archive
(select email from person union select note from orders) intersect select name from archive
select * from (select email, ssn from person) d (x, y)
select y from (select email, ssn from person) as d (x, y)
select d.x, o.note from (select email, id from person) d (x, i) join orders o on o.person_id = d.i
select p.email, l.note from person p, lateral (select o.note from orders o where o.person_id = p.id) l
select l.* from person p join lateral (select p.email as e, o.note from orders o where o.person_id = p.id) l on true
select l.x from person p left join lateral (select p.ssn as x) as l on true
select l.b from person p, lateral (select p.ssn, p.email) as l (a, b)
select p.email, l.n from person p cross join lateral (select count(*) as n from orders o where o.person_id = p.id) l
select a.x from person p, lateral (select p.email as x union select p.ssn) a
select m.v from person p, lateral (select l.v from (select p.email as v) l) m
select * from json_table('[{"a": 1}]', '$[*]' columns (a int path '$.a')) t
select j.k from person p, json_table(p.extra, '$' columns (k varchar(40) path '$.k')) j
select p.email, j.* from person p, json_table(p.extra, '$' columns (o for ordinality, k varchar(40) path '$.k')) as j
select j.k from person p join json_table(p.extra, '$' columns (k varchar(40) path '$.k' default '"x"' on empty error on error, e int exists path '$.k', nested path '$.n[*]' columns (m int path '$'))) as j on true
select extra->'$.k', extra->>'$.k' from person
select p.extra->>'$.k' as x from person p where p.extra->'$.k' is not null
select 1 member of ('[1, 2]'), email member of (json_array(ssn)) from person
select json_overlaps(extra, '{}'), json_pretty(extra), json_storage_size(extra) from person
select json_value(extra, '$.k' returning char(40) default 'x' on empty) from person
select json_schema_valid('{}', extra) from person
select email from person p for update of p
select p.email, o.note from person p join orders o on o.person_id = p.id for update of p skip locked for share of o nowait
select email from person for share
select email from person for share skip locked
select email from person for update nowait
select /*+ max_execution_time(1000) */ email from person
select /*+ set_var(sort_buffer_size = 100000) no_index_merge(p) */ p.email from person p
select /*+ qb_name(one) join_order(p, o) bka(p) */ p.email, o.note from person p, orders o
select /*! email, */ ssn from person
select email /*!80000 , ssn */ from person
select email /*!080000 , ssn */ from person
select email /*!90000 , ssn */ from person
select email /*!99999 , ssn */ from person
select email /*!999999 , ssn */ from person
select email /*M! , ssn */ from person
select email /*M!100000 , ssn */ from person
select ssn from person group by ssn with rollup
select grouping(boss), count(*) from person group by boss with rollup
select any_value(email), max(ssn) from person
select email, rank() over w from person window w as (order by ssn)
select first_value(ssn) respect nulls over (order by id) from person
select lag(email, 1, ssn) over (order by id) from person
select max(ssn) over (w rows current row) from person window w as (partition by boss order by id)
select regexp_replace(email, 'x', 'y'), regexp_substr(ssn, '.*'), regexp_like(email, 'p'), regexp_instr(email, 'p') from person
select email from person where email rlike 'p'
select cast(json_quote(email) as json), cast(id as float), cast(born as year), convert(email, binary) from person
select bin_to_uuid(uuid_to_bin(uuid())), email from person
select statement_digest_text(email) from person where 1 = 0
select format_bytes(id), ps_thread_id(1), icu_version() from person
select @@global.sql_mode, @@session.sql_mode from person
select sql_calc_found_rows email from person limit 1
select email from person limit 1 into @v
select st_astext(st_geomfromtext('POINT(1 1)')), email from person
select email from (select email, ssn from person limit 1) as d where exists (table orders)
select _utf8mb4'x', n'x', _binary'x', email from person
select secret from vault as v natural join event
