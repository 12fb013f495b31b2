-- Queries that MariaDB takes and MySQL does not, one to a line. {hr} is the other database.
values ('x', 1)
select * from (values (1, 'x')) d
values ((select ssn from person where id = 1), 1)
with x (a) as (values ((select ssn from person where id = 1))) select a from x
select email from person intersect select name from person
select email from person except select note from orders
select email from person except all select note from orders
select email from person intersect all select email from archive
select email from person union select note from orders except select name from archive
select email from person fetch first 1 rows only
select email from person order by id offset 1 rows fetch next 1 rows with ties
select email from person order by email offset 0 rows fetch first 1 row with ties
delete from archive where id = 1 returning id, email
delete from archive returning *
delete from archive returning concat(name, email) as x, id
insert into archive (id, name, email) values (7, 'x', 'y') returning id, email
insert into archive select id + 10, name, ssn from person returning *
insert into archive (id, email) select id + 10, email from person returning email as e, lower(email)
insert archive set id = 9, email = (select ssn from person where id = 1) returning email
replace into archive select id, name, ssn from person returning email
replace archive (id, email) values (1, 'x') returning name, email
insert into archive (id, email) values (1, 'z') on duplicate key update email = 'q' returning email
select ssn from person procedure analyse()
select sql_cache email from person
select sql_calc_found_rows email from person limit 1
select email from person limit rows examined 100000
select email from person limit 1 rows examined 100000
select json_detailed(extra), json_compact(extra), json_loose(extra) from person
select json_query(extra, '$'), json_exists(extra, '$.k') from person
select median(salary) over (partition by boss), percentile_cont(0.5) within group (order by salary) over (partition by boss) from person
select nvl(email, ssn), nvl2(boss, email, ssn), decode_oracle(id, 1, email, ssn) from person
select regexp_replace(email, 'x', 'y'), regexp_substr(ssn, '.*') from person
select column_get(column_create('a', email), 'a' as char) as x from person
select column_json(column_create('a', ssn, 'b', email)) as x from person
select * from json_table('[{"a": 1}]', '$[*]' columns (a int path '$.a')) t
select j.k from person p, json_table(p.extra, '$' columns (k varchar(40) path '$.k')) j
select p.email, j.* from person p, json_table(p.extra, '$' columns (o for ordinality, k varchar(40) path '$.k')) as j
select email, sum(salary) over (order by id) from person for update skip locked
select email from person for update nowait
select email from person for update wait 1
select nextval(ticket), email from person
select next value for ticket
select previous value for ticket
select lastval(ticket)
select * from ticket
select old.email from past for system_time all as old
select * from past for system_time as of now()
select email from past for system_time from '2000-01-01' to now()
select p.email, past.email from person p join past on past.id = p.id
select row_start from past
select natural_sort_key(email), chr(65), sformat('{}', email), kdf(email, 'x', 1) from person
select to_char(born, 'YYYY'), add_months(born, 1) from person
