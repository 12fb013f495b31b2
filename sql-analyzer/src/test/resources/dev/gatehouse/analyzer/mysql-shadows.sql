-- Queries of which a server names a column wrongly: of a derived table it tells the alias for a table, or the base table
-- with the derived column's name. Only the values that come back count.
select person.email from (select ssn as email from person) person
select orders.email from (select ssn as email from person) orders
select email from (select ssn as email from person) d
with person as (select note as email from orders) select email from person
with person as (select note as email from orders) select person.* from person
with orders as (select * from person) select orders.email from orders
with orders as (select ssn as note from person) select note from orders
select orders.note from (select email as note from person) orders join person on person.email = orders.note
select archive.email from (select ssn as email from person union select note from orders) archive
select person.name from (select email as name from person limit 1) person
