// A smoke program over the driver mysql2 of Node.js: prints one line for each step, its name and PASSED or FAILED.
// usage: MYSQL2=node_modules/mysql2 CONFORMANCE_PORT=… CONFORMANCE_PASSWORD=… node smoke-mysql2.js
'use strict';
const assert = require('node:assert');
const { Readable } = require('node:stream');
const mysql = require(process.env.MYSQL2 + '/promise');

const options = {
  host: '127.0.0.1',
  port: Number(process.env.CONFORMANCE_PORT),
  user: 'root',
  password: process.env.CONFORMANCE_PASSWORD,
  database: 'test',
};
const steps = [];
const step = (name, run) => steps.push({ name, run });
const refused = (promise, errno) => assert.rejects(promise, (error) => error.errno === errno);

step('text', async (c) => {
  const [rows, fields] = await c.query("select 1 as one, 'two' as two, null as three, 1.50 as four");
  assert.deepStrictEqual({ ...rows[0] }, { one: 1, two: 'two', three: null, four: '1.50' });
  assert.deepStrictEqual(fields.map((field) => field.name), ['one', 'two', 'three', 'four']);
});
step('tables', async (c) => {
  await c.query('drop table if exists smoke');
  await c.query('create table smoke (id int auto_increment primary key, name varchar(40), data longblob, day datetime(6),'
    + ' big bigint unsigned, document json)');
  const [done] = await c.query('insert into smoke (name, big) values (?, ?), (?, ?)', ["it's", '18446744073709551615', 'ö', 7]);
  assert.strictEqual(done.affectedRows, 2);
  assert.strictEqual(done.insertId, 1);
});
step('placeholders in text', async (c) => {
  const [rows] = await c.query('select name from smoke where id in (?) order by ??', [[1, 2], 'id']);
  assert.deepStrictEqual(rows.map((row) => row.name), ["it's", 'ö']);
});
step('prepared', async (c) => {
  for (let id = 1; id < 3; id++) {
    const [rows] = await c.execute('select id, name, big from smoke where id = ? and name <> ?', [id, 'nobody']);
    assert.strictEqual(rows.length, 1);
    assert.strictEqual(rows[0].id, id);
  }
});
step('values of many types', async (c) => {
  const day = new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 678));
  const data = Buffer.from(Array.from({ length: 70000 }, (_, i) => i % 256));
  await c.execute('update smoke set data = ?, day = ?, document = ? where id = 1', [data, day, JSON.stringify({ a: [1, null] })]);
  const [rows] = await c.execute('select data, day, document from smoke where id = 1');
  assert.ok(rows[0].data.equals(data));
  assert.strictEqual(rows[0].day.getTime(), day.getTime());
  const [text] = await c.query('select data, day from smoke where id = 1');
  assert.ok(text[0].data.equals(data));
  assert.strictEqual(text[0].day.getTime(), day.getTime());
});
step('an unprepared statement', async (c) => {
  const statement = await c.prepare('select ? + 1 as next');
  const [rows] = await statement.execute([41]);
  assert.strictEqual(Number(rows[0].next), 42);
  await statement.close();
  c.unprepare('select ? + 1 as next');
});
step('errors', async (c) => {
  await refused(c.query('selec 1'), 1064);
  await refused(c.query('select * from nowhere'), 1146);
  await refused(c.execute('select * from nowhere'), 1146);
  await refused(c.query("insert into smoke (id) values (1)"), 1062);
});
step('transactions', async (c) => {
  await c.beginTransaction();
  await c.query("insert into smoke (name) values ('gone')");
  await c.rollback();
  await c.beginTransaction();
  await c.query("insert into smoke (name) values ('kept')");
  await c.commit();
  const [rows] = await c.query("select count(*) as n from smoke where name in ('gone', 'kept')");
  assert.strictEqual(Number(rows[0].n), 1);
});
step('several statements', async () => {
  const c = await mysql.createConnection({ ...options, multipleStatements: true });
  const [results] = await c.query('select 1 as a; set @x = 5; select @x as b');
  assert.strictEqual(results.length, 3);
  assert.strictEqual(Number(results[2][0].b), 5);
  await c.end();
});
step('procedures', async (c) => {
  await c.query('drop procedure if exists smoke_twice');
  await c.query('create procedure smoke_twice(in n int, out o int) begin select n as a; select n + 1 as b; set o = n * 2; end');
  const [results] = await c.query('call smoke_twice(4, @o)');
  assert.strictEqual(results[0][0].a, 4);
  assert.strictEqual(Number(results[1][0].b), 5);
  const [out] = await c.query('select @o as o');
  assert.strictEqual(Number(out[0].o), 8);
});
step('rows as a stream', async (c) => {
  const numbers = Array.from({ length: 200 }, (_, i) => [`n${i}`]);
  await c.query('insert into smoke (name) values ?', [numbers]);
  let seen = 0;
  for await (const row of c.connection.query("select a.name from smoke a, smoke b").stream()) {
    seen += row.name === undefined ? 0 : 1;
  }
  const [rows] = await c.query('select count(*) * count(*) as n from smoke');
  assert.strictEqual(seen, Number(rows[0].n));
});
step('a file of the client', async (c) => {
  const [done] = await c.query({
    sql: "load data local infile 'nothing' into table smoke fields terminated by ',' (name, big)",
    infileStreamFactory: () => Readable.from([Buffer.from('from a file,1\nanother,2\n')]),
  });
  assert.strictEqual(done.affectedRows, 2);
});
step('another user', async (c) => {
  await c.query('set @kept = 1');
  await c.changeUser({ user: 'root', password: options.password, database: 'test1' });
  const [rows] = await c.query('select database() as place, @kept as kept');
  assert.deepStrictEqual({ ...rows[0] }, { place: 'test1', kept: null });
  await c.changeUser({ user: 'root', password: options.password, database: 'test' });
});
step('ping', async (c) => c.ping());
step('pool', async () => {
  const pool = mysql.createPool({ ...options, connectionLimit: 4 });
  const all = await Promise.all(Array.from({ length: 40 }, (_, i) => pool.execute('select ? as n', [i])));
  all.forEach(([rows], i) => assert.strictEqual(Number(rows[0].n), i));
  await pool.end();
});
step('a wrong password', async () => refused(mysql.createConnection({ ...options, password: 'wrong' }), 1045));
step('an unknown database', async (c) => refused(c.query('use nowhere'), 1049));

(async () => {
  const connection = await mysql.createConnection(options);
  for (const { name, run } of steps) {
    try {
      await run(connection);
      console.log(`${name.replaceAll(' ', '_')} PASSED`);
    } catch (error) {
      console.log(`${name.replaceAll(' ', '_')} FAILED`);
      console.error(name, error);
    }
  }
  await connection.end();
})();
