-- Queries that MySQL and MariaDB both take, one to a line. {hr} is the other database.
select id, name, email, ssn from person
select * from person
select person.* from person
select p.* from person p
select p.*, o.* from person p, orders o where p.id = o.person_id
select *, ssn as again from person
select p.email, p.* from person as p
select email as ssn, ssn as email from person
select EMAIL, Ssn from person
select `email`, `person`.`ssn` from `person`
select email mail, ssn 'number', name "called" from person
select p.email from person p where p.ssn is not null order by p.ssn
select distinct email from person
select all email from person
select sql_no_cache email from person
select straight_join p.email, o.note from person p, orders o
select high_priority sql_small_result email from person
select email from person limit 1
select email from person limit 1 offset 1
select email from person limit 0, 2
select email from person for update
select email from person lock in share mode
select p.email from person p use index () where id = 1
select p.email from person p ignore index (primary)
select p.email from person p force index (primary)
select body, stamp from {hr}.review
select {hr}.review.body from {hr}.review
select r.body, p.email from {hr}.review r join person p on p.id = r.id
select r.*, email from {hr}.review r, person
select {hr}.review.*, person.ssn from {hr}.review, person
-- joins
select p.email, o.note from person p join orders o on o.person_id = p.id
select p.email, o.note from person p inner join orders o on o.person_id = p.id
select p.email, o.note from person p cross join orders o
select p.email, o.note from person p left join orders o on o.person_id = p.id
select p.email, o.note from person p right join orders o on o.person_id = p.id
select p.email, o.note from person p left outer join orders o on o.person_id = p.id
select p.email, o.note from person p straight_join orders o on o.person_id = p.id
select * from person p join orders o on o.person_id = p.id
select * from person join archive using (id)
select * from person join archive using (id, name)
select id, name, person.email, archive.email from person join archive using (id, name)
select * from person left join archive using (email)
select * from person right join archive using (email)
select id, email from person right join archive using (id, email)
select * from person natural join archive
select * from person natural left join archive
select * from person natural right join archive
select email, name from person natural right join archive
select * from person natural join archive natural join orders
select person.*, archive.* from person join archive using (id)
select a.email, b.email from person a join person b on b.boss = a.id
select a.*, b.ssn from person a left join person b using (id)
select * from person a join person b using (id, name) join archive c using (id)
select c.email from (person a join orders b on b.person_id = a.id) join archive c on c.id = a.id
select * from person p join (orders o join archive a on a.id = o.id) on p.id = o.person_id
select * from person p left join (orders o, archive a) on p.id = o.person_id
select p.email, o.note, a.name from person p, orders o join archive a using (id) where p.id = o.person_id
select p.email, o.note, r.body from person p left join orders o on o.person_id = p.id left join {hr}.review r on r.id = o.id
select * from (person) join (orders) on orders.id = person.id
select * from ((person join archive using (id)) left join orders using (id))
select { fn lower(email) } from person
select * from { oj person left outer join orders on orders.person_id = person.id }
select person.email, orders.note from person, orders where person.id = orders.person_id
select * from person right join archive on archive.id = person.id
select * from orders right join archive using (id)
select * from orders natural right join event
select * from orders o right join archive a using (id) join person p using (id)
select * from person p join orders o using (id) right join archive a using (id)
select * from person p join (orders o right join archive a using (id)) using (id)
select * from person p right join (orders o join archive a using (id)) using (id)
select * from person p right join (orders o right join archive a using (id)) using (id)
select * from person p right join archive a using (id) right join orders o using (id)
select * from person p right join archive a using (id) left join orders o using (id)
select * from person p left join archive a using (id) right join orders o using (id)
select * from event right join (person right join archive using (email)) on event.id = person.id
select p.*, a.* from person p right join archive a using (email)
select a.*, p.* from person p right join archive a using (id)
select id, email, note from orders right join archive using (id)
select d.* from (select o.*, a.name from orders o right join archive a using (id)) d
select d.name from (select * from orders right join archive using (id)) d
select d.note from (select * from orders right join archive using (id)) d
with x as (select * from orders right join archive using (id)) select note, email from x
select * from event, orders right join archive using (id)
select * from orders right join archive using (id) cross join event
select * from orders straight_join archive using (id)
select * from person join archive using (name, id)
select * from person right join archive using (email, id)
select * from (select email, id, name from person) d natural join archive
select * from (select email, id, name from person) d natural right join archive
select * from archive natural join (select email, name, note from person, orders) d
select * from vault natural join (select secret from vault) d
select * from vault join (select secret from vault) d using (secret)
select * from (select secret from vault) d right join vault using (secret)
select * from (select secret as open, 1 as secret from vault) d natural right join vault
-- derived tables
select * from (select email from person) d
select d.email from (select email from person) as d
select d.x from (select email as x from person) d
select x from (select email as x, ssn as y from person) d where y is not null
select * from (select * from person) d
select d.* from (select p.*, o.note from person p join orders o on o.person_id = p.id) d
select d.email, d.n from (select email, count(*) n from person group by email) d
select d.email from (select distinct email from person) d
select d.email from (select email from person limit 1) d
select d.email from (select email from person order by ssn limit 1) d
select m from (select max(ssn) as m from person) d
select p.email from (select * from (select * from person) q) p
select a.email, b.note from (select id, email from person) a join (select person_id, note from orders) b on b.person_id = a.id
select * from (select id, email from person) a join (select id, note from orders) b using (id)
select * from (select id, email from person) a natural join archive
select * from person p join (select person_id, sum(total) as t from orders group by person_id) s on s.person_id = p.id
select x from (select concat(email, ssn) as x from person) d
select d.mail from (select mail from contact) d
select d.mail from (select mail from plain) d
select email from (select email from person union select name from person) u
select u.e from (select email as e from person union all select note from orders) u
-- subqueries
select (select email from person where id = 1)
select (select email from person p where p.id = o.person_id) from orders o
select (select max(ssn) from person) as x, note from orders
select (select p.ssn from person p where p.id = o.person_id limit 1) as x, o.note from orders o
select note from orders where person_id in (select id from person where ssn is not null)
select note from orders o where exists (select 1 from person p where p.id = o.person_id)
select note from orders where person_id = any (select id from person)
select note from orders where person_id >= all (select id from person)
select note, (select count(*) from person) from orders
select (select (select email from person where id = 1)) as x
select (select concat(p.email, o.note) from person p where p.id = o.person_id) from orders o
select p.email, (select group_concat(o.note) from orders o where o.person_id = p.id) as notes from person p
select p.email from person p where (p.id, p.name) in (select id, name from archive)
select p.email from person p where row(p.id, p.name) = (select id, name from archive limit 1)
select email in (select email from archive) from person
select exists (select ssn from person) as some
select case when exists (select 1 from person) then (select ssn from person where id = 1) else 'x' end as x
select ifnull((select email from person where id = 99), (select ssn from person where id = 1)) as x
-- common table expressions
with x as (select email from person) select * from x
with x as (select email, ssn from person) select x.ssn, x.email from x
with x (a, b) as (select email, ssn from person) select a, b from x
with x (a, b) as (select email, ssn from person) select b as a, a as b from x
with x as (select * from person), y as (select * from x) select y.email from y
with x as (select id, email from person), y as (select person_id, note from orders) select x.email, y.note from x join y on y.person_id = x.id
with x as (select email from person union select note from orders) select * from x
with x as (select email, count(*) as n from person group by email) select email, n from x
with x as (with y as (select ssn from person) select ssn as z from y) select z from x
with x as (select id, email from person) select a.email, b.email from x a join x b on a.id = b.id
with x as (select id, email from person) select (select email from x where id = 1) as y from orders
with recursive n as (select 1 as i union all select i + 1 from n where i < 3) select i from n
with recursive chain as (select id, boss, email from person where boss is null union all select p.id, p.boss, p.email from person p join chain c on c.id = p.boss) select * from chain
with recursive chain (i, path) as (select id, cast(email as char(200)) from person where boss is null union all select p.id, concat(c.path, '/', p.ssn) from person p join chain c on c.i = p.boss) select path from chain
with recursive r (a, b, n) as (select email, ssn, 1 from person where id = 1 union all select b, a, n + 1 from r where n < 3) select a from r
with recursive r (a, n) as (select email, 1 from person where id = 1 union all select o.note, n + 1 from r join orders o on o.id = n where n < 3) select a, n from r
select * from (with y as (select * from person) select email, ssn from y) d
with x as (select mail from plain) select mail from x
-- unions
select email from person union select note from orders
select email from person union all select note from orders
select email from person union distinct select note from orders
select email, ssn from person union select ssn, email from person
select email x from person union select note from orders order by x
(select email from person) union (select note from orders)
(select email from person order by id limit 1) union all (select note from orders limit 1) order by 1 limit 2
select email from person union select note from orders union select body from {hr}.review
select email from person where 1 = 0 union all select note from orders
select 'x' union select email from person
select null, email from person union all select ssn, null from person
select * from person union select * from person
select id, email from person union select id, note from orders
select * from (select email from person union select note from orders) d
(select email from person union select note from orders) union all select body from {hr}.review
-- views
select * from contact
select mail, name from contact
select id, mail from plain
select p.mail from plain p
select plain.mail from plain
select * from deep
select mail, note from deep
select d.note, d.mail from deep d
select * from totals
select person_id, total from totals
select * from everyone
select word from everyone
select * from star
select ssn from star
select a, b from renamed
select r.b, r.a from renamed as r
select * from nested
select x from nested
select p.mail, o.note from plain p join orders o on o.person_id = p.id
select * from plain natural join archive
select * from plain join contact using (id)
select c.mail, p.email from contact c join person p on p.id = c.id
select mail from plain union select mail from contact
select upper(mail) from plain
select (select mail from plain where id = 1) as x
select x.mail from (select * from plain) x
select count(mail), max(mail) from contact
select mail from contact group by mail
select mail from foreign_view
select mail from limited
-- expressions and functions
select concat(name, ' <', email, '>') from person
select concat_ws(',', name, email) as x from person
select upper(email), lower(ssn), trim(name), reverse(reverse(email)) from person
select substring(email from 1 for 40), left(ssn, 40), right(email, 40), mid(email, 1, 40) from person
select replace(email, 'x', 'y'), insert(ssn, 1, 0, ''), lpad(email, 40, ' '), rpad(ssn, 40, ' ') from person
select coalesce(email, ssn), ifnull(email, name), nullif(email, 'x'), if(id > 0, ssn, name) from person
select case when id = 1 then email else ssn end as x from person
select case id when 1 then email when 2 then ssn end as x from person
select greatest(email, ssn), least(email, ssn) from person
select elt(1, email, ssn), elt(2, email, ssn) from person
select field(email, 'a'), find_in_set(email, 'a,b'), make_set(3, email, ssn) from person
select cast(email as char), cast(id as char), convert(ssn, char), convert(email using utf8mb4) from person
select binary email from person
select convert(email using utf8mb4) collate utf8mb4_bin from person
select id + 1, id * 2, -id, id div 2, id mod 2, id % 2, id & 1, id | 1, id << 1, ~id from person
select email = ssn, email <=> ssn, email like 'p%', email regexp 'x', email is null, email between 'a' and 'z', email in ('a', ssn) from person
select not id, id and ssn, id or boss, id xor boss from person
select hex(email), unhex(hex(ssn)), to_base64(email), from_base64(to_base64(ssn)) from person
select sha2(name, 512), sha2(ssn, 256), crc32(email), length(email), char_length(ssn), ascii(email), ord(email) from person
select json_object('a', email, 'b', ssn), json_array(email, ssn), json_quote(email) from person
select json_extract(extra, '$.k'), json_unquote(json_extract(extra, '$.k')), json_value(extra, '$.k') from person
select json_set(extra, '$.z', ssn), json_merge_patch(extra, json_object('q', email)) from person
select json_keys(extra), json_length(extra), json_valid(extra), json_contains(extra, '1') from person
select date_format(born, '%Y'), year(born), extract(month from born), born + interval 1 day, date_add(born, interval id day), datediff(born, now()) from person
select timestampdiff(year, born, now()), unix_timestamp(born), str_to_date(email, '%Y'), timestampadd(day, id, born) from person
select format(salary, 2), round(salary, 1), truncate(salary, 1), floor(salary), abs(salary), sign(salary) from person
select now(), current_date, current_timestamp(), utc_time(), curdate(), sysdate() from person
select database(), user(), current_user(), version(), connection_id() from person
select 1, 'x', null, true, 1.5, 0x41, b'1', date '2020-01-01' from person
select quote(email), soundex(ssn), space(1), repeat(email, 1), substring_index(email, '@', 1), instr(email, '@'), locate('@', email), position('@' in email) from person
select inet_aton(email), uuid(), rand(), pi() from person
select email, email, email from person
select interval(id, 1, 2), strcmp(email, ssn), weight_string(email) from person
select aes_decrypt(aes_encrypt(email, 'k'), 'k') from person
select uncompress(compress(ssn)) from person
select (email), ((ssn)), +id from person
select lower(concat(email, (select note from orders where id = 1))) from person
select char(id, 65), bin(id), oct(id), conv(id, 10, 16) from person
select char(id using utf8mb4) from person
select trim(both 'x' from email), trim(leading 'x' from ssn), ltrim(name), rtrim(name) from person
-- aggregates and groups
select count(*), count(email), count(distinct email), count(distinct email, ssn) from person
select max(email), min(ssn), sum(salary), avg(salary) from person
select group_concat(email), group_concat(distinct ssn order by name desc separator ';') from person
select json_arrayagg(email), json_objectagg(name, ssn) from person
select std(salary), stddev(salary), variance(salary), var_pop(salary), bit_and(id), bit_or(id), bit_xor(id) from person
select email, count(*) from person group by email
select email, max(ssn) from person group by email having max(ssn) is not null
select email as e, count(*) from person group by e
select lower(email) as e from person group by lower(email)
select email, ssn, count(*) from person group by email, ssn with rollup
select email from person group by email order by count(*)
select p.email, sum(o.total) from person p left join orders o on o.person_id = p.id group by p.email
select count(*) from (select email from person group by email) d
select max(concat(email, ssn)) as x from person
select any_mail, n from (select min(email) as any_mail, count(*) as n from person group by boss) d
-- windows
select email, row_number() over (order by ssn) from person
select email, rank() over (partition by boss order by id), dense_rank() over (order by id) from person
select lag(ssn) over (order by id), lead(email) over (order by id) from person
select first_value(ssn) over (order by id), last_value(email) over (order by id rows between unbounded preceding and unbounded following), nth_value(name, 2) over (order by id) from person
select sum(salary) over (partition by boss), avg(salary) over w from person window w as (partition by boss)
select max(email) over (), min(ssn) over (partition by id) from person
select ntile(2) over (order by id), percent_rank() over (order by id), cume_dist() over (order by id) from person
select x from (select email as x, row_number() over (order by id) as n from person) d where n = 1
select email, sum(salary) over (order by id rows between 1 preceding and current row) from person
-- generated and hidden columns, partitions
select a, b from gen
select * from gen
select b from gen
select g.b as x from gen g
select * from vault
select id, secret from vault
select vault.*, secret from vault
select v.secret as x from vault v
select id, who from event
select who from event partition (p0)
select * from event partition (p0, p1)
-- names that mislead
select person.email from person join archive as orders on orders.id = person.id
select orders.email from person as orders
select p.email as id, p.id as email from person p
select email as x from person having x is not null
select email as x from person order by x
select ssn as email from person order by email
select ssn as email from person group by email, ssn
select `person`.`email` as `a.b` from person
select person . email from person
select p.email from person p, person q where p.id = q.id
select `p`.`email`, q.`ssn` from person `p` join person `q` on p.id = q.id
select {hr}.review.id, review.body from {hr}.review
select name from person where name = 'person.ssn'
select email /* , ssn */ from person
select /*! email , */ ssn from person
select email /*!40000 , ssn */ from person
-- variables, values, locks
select @a := email from person
select @@version, email from person
select 1 as email
select 1 from dual
select email from person where id = @nothing
select null as ssn, email from person
select cast(null as char), email from person
select email as `select`, ssn as `from` from person
select t.email from person t where t.ssn in (select u.ssn from person u where u.email = t.email)
select count(*), (select email from person where id = 1) from orders
select o.note from orders o where o.total > (select avg(total) from orders)
select p.email, t.total from person p join totals t on t.person_id = p.id
select p.id, p.email, d.mail, d.note from person p left join deep d on d.mail = p.email
select a.name, b.name, c.name from person a, archive b, person c where a.id = b.id and b.id = c.id
select x.id, x.email from (select * from person where id < 10) as x left join orders as o on x.id = o.person_id where o.note is not null
select s.email from (select p.email, p.id from person p) s join (select o.person_id from orders o) t on s.id = t.person_id
select ssn from person p where not exists (select * from orders o where o.person_id = p.id and o.note = p.email)
select concat(a, b) from (select email as a, ssn as b from person) d
select d.a, e.b from (select email as a, id from person) d, (select ssn as b, id from person) e where d.id = e.id
