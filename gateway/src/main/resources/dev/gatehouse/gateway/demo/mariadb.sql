-- The same small shop as PostgreSQL's, row for row.
CREATE DATABASE shop CHARACTER SET utf8mb4;
USE shop;
CREATE TABLE customers (
    id     integer PRIMARY KEY,
    name   varchar(60) NOT NULL,
    email  varchar(80) NOT NULL UNIQUE,
    phone  varchar(20) NOT NULL,
    card   varchar(19) NOT NULL,
    ssn    varchar(11) NOT NULL,
    salary integer NOT NULL
);
CREATE TABLE orders (
    id       integer PRIMARY KEY,
    customer integer NOT NULL REFERENCES customers (id),
    status   varchar(10) NOT NULL,
    total    decimal(10, 2) NOT NULL,
    placed   datetime NOT NULL
);
CREATE TABLE order_items (
    order_id integer NOT NULL REFERENCES orders (id),
    line     integer NOT NULL,
    product  varchar(20) NOT NULL,
    quantity integer NOT NULL,
    PRIMARY KEY (order_id, line)
);
CREATE TABLE tickets (
    id       integer PRIMARY KEY,
    customer integer NOT NULL REFERENCES customers (id),
    status   varchar(10) NOT NULL,
    subject  varchar(60) NOT NULL,
    notes    text NOT NULL
);

INSERT INTO customers
SELECT i,
       concat(first, ' ', last),
       concat(lower(first), '.', lower(last), i, '@example.test'),
       concat('+49 30 ', lpad(i * 7919 % 10000000, 7, '0')),
       concat('4', lpad(i * 48271 % 1000000000000000, 15, '0')),
       concat_ws('-', lpad(i * 37 % 900 + 1, 3, '0'), lpad(i * 13 % 99 + 1, 2, '0'), lpad(i * 101 % 10000, 4, '0')),
       30000 + i * 17 % 70000
FROM (SELECT seq AS i,
             elt(seq % 10 + 1, 'Ada', 'Bela', 'Chen', 'Dana', 'Emil', 'Farah', 'Goran', 'Hana', 'Ivo', 'Jun') AS first,
             elt(seq % 7 + 1, 'Adler', 'Brandt', 'Conti', 'Dimov', 'Evans', 'Fuchs', 'Garcia') AS last
      FROM seq_1_to_2000) AS names;

INSERT INTO orders
SELECT seq,
       seq * 31 % 2000 + 1,
       elt(seq % 3 + 1, 'new', 'open', 'shipped'),
       (seq * 197 % 50000) / 100.0 + 1,
       '2026-01-01 08:00:00' + INTERVAL seq * 47 MINUTE
FROM seq_1_to_5000;

INSERT INTO order_items
SELECT seq, 1, elt(seq % 5 + 1, 'lamp', 'chair', 'desk', 'shelf', 'rug'), seq % 4 + 1
FROM seq_1_to_4000;

INSERT INTO tickets
SELECT seq,
       seq * 53 % 2000 + 1,
       elt(seq % 2 + 1, 'open', 'closed'),
       concat('Order ', seq, ' has not arrived'),
       concat('Called on day ', seq % 30, ', will call again.')
FROM seq_1_to_1000;
