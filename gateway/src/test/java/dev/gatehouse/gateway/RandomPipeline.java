package dev.gatehouse.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Batches of messages in an order that no driver would send them in, but any client may; the same ones for the same seed. */
final class RandomPipeline {

    private static final List<String> TEXTS = List.of(
            "select id, name from item order by id limit 5",
            "select $1::int + 1",
            "select name from item where id = $1::int",
            "select 1/0",
            "selec 1",
            "select * from nowhere",
            "insert into line values (1, 1) returning amount",
            "insert into line values (1, $1::int)",
            "insert into line values (99, 99)",
            "update item set price = price + 1 where id = 1",
            "begin",
            "commit",
            "rollback",
            "declare p cursor for select id from item order by id",
            "fetch 2 from p",
            "close p",
            "prepare s as select 'prepared in SQL'",
            "execute s",
            "deallocate s",
            "deallocate all",
            "set search_path = public, other",
            "set application_name = 'random'",
            "copy (select id from item order by id limit 2) to stdout",
            "create temp table mine (a int)",
            "drop table mine",
            "listen news",
            "notify news, 'x'",
            "select tells('x')",
            "show search_path");

    private static final List<String> NAMES = List.of("", "s", "t");
    private static final List<String> PORTALS = List.of("", "p", "q");

    private final Random random;

    RandomPipeline(long seed) {
        random = new Random(seed);
    }

    List<Batch> batches(int count) {
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            batches.add(batch());
        }
        return batches;
    }

    private Batch batch() {
        List<Batch> messages = new ArrayList<>();
        for (int left = 1 + random.nextInt(8); left > 0; left--) {
            messages.add(message());
        }
        return raw -> messages.forEach(message -> message.add(raw));
    }

    private Batch message() {
        String text = pick(TEXTS);
        String name = pick(NAMES);
        String portal = pick(PORTALS);
        List<String> values = text.contains("$1") || random.nextInt(4) == 0 ? List.of("7") : List.of();
        int format = random.nextInt(2);
        int rows = random.nextInt(3);
        return switch (random.nextInt(12)) {
            case 0, 1 ->
                raw -> raw.parse(name, text)
                        .bind(portal, name, format, values)
                        .describe('P', portal)
                        .execute(portal, rows);
            case 2 -> raw -> raw.parse(name, text);
            case 3, 4 -> raw -> raw.bind(portal, name, format, values).execute(portal, rows);
            case 5 -> raw -> raw.describe('S', name);
            case 6 -> raw -> raw.describe('P', portal);
            case 7 -> raw -> raw.execute(portal, rows);
            case 8 -> raw -> raw.close(rows == 0 ? 'S' : 'P', rows == 0 ? name : portal);
            // Without a Sync in front, PostgreSQL 18.6 answers what comes behind with an internal error.
            case 9 -> raw -> raw.sync().query(text);
            case 10 -> RawFrames::sync;
            default -> RawFrames::flush;
        };
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
