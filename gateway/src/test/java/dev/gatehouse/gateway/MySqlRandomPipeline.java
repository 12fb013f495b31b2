package dev.gatehouse.gateway;

import dev.gatehouse.gateway.MySqlRawPackets.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Batches of commands in an order that no driver would send them in, but any client may; the same ones for the same seed. */
final class MySqlRandomPipeline {

    private static final List<String> TEXTS = List.of(
            "select id, name from item order by id limit 5",
            "select ? + 1",
            "select name from item where id = ?",
            "select 1/0",
            "selec 1",
            "select * from nowhere",
            "insert into line values (1, 1)",
            "insert into line values (1, ?)",
            "insert into line values (99, 99)",
            "insert into counted (note) values ('x'), ('y')",
            "update item set price = price + 1 where id < 3",
            "begin",
            "commit",
            "rollback",
            "savepoint s",
            "rollback to s",
            "call both_results()",
            "call fails_behind_a_result()",
            "select 1; select 2",
            "select 1; select * from nowhere; select 3",
            "do 1; insert into line values (2, 2); select count(*) from line",
            "create temporary table own (a int)",
            "insert into own values (1)",
            "select * from own",
            "drop temporary table if exists own",
            "set names latin1",
            "set names utf8mb4",
            "set sql_mode = 'STRICT_ALL_TABLES'",
            "set sql_mode = default",
            "set @a = 1",
            "select @a, row_count(), last_insert_id()",
            "show warnings",
            "show count(*) errors",
            "select 4",
            "select @@warning_count, @@error_count",
            "prepare s from 'select ? + 1'",
            "execute s using @a",
            "deallocate prepare s",
            "set autocommit = 0",
            "set autocommit = 1",
            "use mysql",
            "use the_database",
            "select database()");

    /** What SQL prepares has a number too, which is nothing to the gateway. */
    private static final String PREPARE = "prepare ";

    private final Random random;
    /** The texts prepared so far; their places are their numbers, counted from 1. */
    private final List<String> prepared = new ArrayList<>();

    MySqlRandomPipeline(long seed) {
        random = new Random(seed);
    }

    /** The last of them may make the connection as new, as nobody knows how statements are counted from there on. */
    List<MySqlBatch> batches(int count) {
        List<MySqlBatch> batches = new ArrayList<>();
        for (int i = 1; i < count; i++) {
            batches.add(batch());
        }
        String text = pick(TEXTS);
        batches.add(raw -> raw.resetConnection().query(text).query("select database()"));
        return batches;
    }

    private MySqlBatch batch() {
        List<MySqlBatch> commands = new ArrayList<>();
        for (int left = 1 + random.nextInt(8); left > 0; left--) {
            commands.add(command());
        }
        return raw -> commands.forEach(command -> command.add(raw));
    }

    private MySqlBatch command() {
        String text = pick(TEXTS);
        int rows = random.nextInt(4);
        return switch (random.nextInt(16)) {
            case 0, 1, 2, 3, 4, 5 -> {
                if (text.startsWith(PREPARE)) {
                    prepared.add(text);
                }
                yield raw -> raw.query(text);
            }
            case 6, 7 -> {
                prepared.add(text);
                yield raw -> raw.prepare(text);
            }
            case 8 -> raw -> raw.initDb(rows == 0 ? "nowhere" : MySqlPacketNames.DATABASE);
            case 9, 10 -> MySqlRawPackets::ping;
            default -> aboutPrepared(rows);
        };
    }

    private MySqlBatch aboutPrepared(int rows) {
        int statement = 1 + random.nextInt(prepared.size() + 1);
        if (statement <= prepared.size() && prepared.get(statement - 1).startsWith(PREPARE)) {
            statement = 1000;
        }
        return aboutPrepared(statement, rows);
    }

    private MySqlBatch aboutPrepared(int statement, int rows) {
        boolean hasParameter =
                statement <= prepared.size() && prepared.get(statement - 1).contains("?");
        List<Value> values =
                hasParameter ? List.of(pick(List.of(Value.number(7), Value.none(), Value.text("8")))) : List.of();
        // A MySQL that executes a statement first with a cursor and then without forgets to send rows.
        byte cursor = (byte) (statement % 2);
        return switch (random.nextInt(8)) {
            case 0 -> raw -> raw.fetch(statement, rows);
            case 1 -> raw -> raw.reset(statement);
            case 2 -> raw -> raw.close(statement);
            case 3 ->
                hasParameter
                        ? raw -> raw.longData(statement, 0, "7").execute(statement, cursor, List.of(Value.ahead()))
                        : raw -> raw.reset(statement).execute(statement, cursor, values);
            default -> raw -> raw.execute(statement, cursor, values);
        };
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
