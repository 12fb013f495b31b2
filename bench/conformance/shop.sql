-- A database with something of each kind that mysqldump knows.
create table customers (id int primary key auto_increment, name varchar(60) not null, note text, picture mediumblob,
  seen timestamp default current_timestamp on update current_timestamp, kind enum('a','b') default 'a', flags set('x','y'),
  amount decimal(20,5), ratio double, born date, at time(6), doc json, place point, bits bit(12),
  doubled decimal(21,5) generated always as (amount * 2) stored, key by_name (name(10)), fulltext (note)) charset utf8mb4;
insert into customers (name, note, picture, seen, kind, flags, amount, ratio, born, at, doc, place, bits)
  select concat('Näme ', seq, ' ''"\\'), repeat(concat('日本 ', seq, '\n\t\0'), 20),
    cast(concat(unhex(sha2(seq, 512)), unhex('00275c220a0d1a')) as binary), '2026-01-01' + interval seq hour,
    if(seq % 2, 'a', 'b'), 'x,y', seq / 7, seq / 3, '2000-01-01' + interval seq day, sec_to_time(seq),
    json_object('n', seq), point(seq, -seq), seq % 4096 from seq_1_to_5000;
create table orders (id bigint unsigned primary key, customer int, total float,
  key (customer)) charset latin1
  partition by range (id) (partition low values less than (100), partition high values less than maxvalue);
insert into orders select seq, seq, seq / 9 from seq_1_to_3000;
create table large (id int primary key, content longblob, constraint of foreign key (id) references customers (id));
insert into large select seq, repeat(char(seq % 256), 3000000) from seq_1_to_6;
create view named as select id, upper(name) as name from customers where kind = 'a';
create sequence numbers start with 7;
delimiter |
create function twice(a int) returns int deterministic return a * 2|
create procedure counts(out n int) begin declare c cursor for select count(*) from customers; open c; fetch c into n; close c; end|
create trigger noted before insert on orders for each row begin if new.total < 0 then set new.total = 0; end if; end|
create event nightly on schedule every 1 day starts '2036-01-01' do begin delete from orders where id < 0; end|
