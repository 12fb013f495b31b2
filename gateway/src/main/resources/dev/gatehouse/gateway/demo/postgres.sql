-- A small shop. Everything follows from the row's number, so that two demos show the same data.
CREATE TABLE customers (
    id     integer PRIMARY KEY,
    name   text NOT NULL,
    email  text NOT NULL UNIQUE,
    phone  text NOT NULL,
    card   text NOT NULL,
    ssn    text NOT NULL,
    salary integer NOT NULL
);
CREATE TABLE orders (
    id       integer PRIMARY KEY,
    customer integer NOT NULL REFERENCES customers,
    status   text NOT NULL,
    total    numeric(10, 2) NOT NULL,
    placed   timestamptz NOT NULL
);
CREATE TABLE order_items (
    order_id integer NOT NULL REFERENCES orders,
    line     integer NOT NULL,
    product  text NOT NULL,
    quantity integer NOT NULL,
    PRIMARY KEY (order_id, line)
);
CREATE TABLE tickets (
    id       integer PRIMARY KEY,
    customer integer NOT NULL REFERENCES customers,
    status   text NOT NULL,
    subject  text NOT NULL,
    notes    text NOT NULL
);

INSERT INTO customers
SELECT i,
       first || ' ' || last,
       lower(first) || '.' || lower(last) || i || '@example.test',
       '+49 30 ' || lpad((i * 7919 % 10000000)::text, 7, '0'),
       '4' || lpad((i::bigint * 48271 % 1000000000000000)::text, 15, '0'),
       lpad((i * 37 % 900 + 1)::text, 3, '0') || '-' || lpad((i * 13 % 99 + 1)::text, 2, '0') || '-' || lpad((i * 101 % 10000)::text, 4, '0'),
       30000 + i * 17 % 70000
FROM generate_series(1, 2000) AS i,
     LATERAL (SELECT (ARRAY['Ada', 'Bela', 'Chen', 'Dana', 'Emil', 'Farah', 'Goran', 'Hana', 'Ivo', 'Jun'])[i % 10 + 1] AS first,
                     (ARRAY['Adler', 'Brandt', 'Conti', 'Dimov', 'Evans', 'Fuchs', 'Garcia'])[i % 7 + 1] AS last) AS names;

INSERT INTO orders
SELECT i,
       i * 31 % 2000 + 1,
       (ARRAY['new', 'open', 'shipped'])[i % 3 + 1],
       (i * 197 % 50000) / 100.0 + 1,
       timestamptz '2026-01-01 08:00:00+00' + i * interval '47 minutes'
FROM generate_series(1, 5000) AS i;

INSERT INTO order_items
SELECT i, 1, (ARRAY['lamp', 'chair', 'desk', 'shelf', 'rug'])[i % 5 + 1], i % 4 + 1
FROM generate_series(1, 4000) AS i;

INSERT INTO tickets
SELECT i,
       i * 53 % 2000 + 1,
       (ARRAY['open', 'closed'])[i % 2 + 1],
       'Order ' || i || ' has not arrived',
       'Called on day ' || i % 30 || ', will call again.'
FROM generate_series(1, 1000) AS i;

GRANT SELECT ON ALL TABLES IN SCHEMA public TO shop_ro, shop_rw;
GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO shop_rw;
ANALYZE;
