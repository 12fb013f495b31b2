package dev.gatehouse.wire.mysql;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The statements that the server has prepared for this session, by its own numbers. */
final class Statements {

    /** By which MariaDB's clients mean the statement they have prepared last. */
    private static final long LAST = 0xffff_ffffL;

    private final Map<Long, Prepared> statements = new HashMap<>();
    private long last = LAST;

    void add(long number, Prepared prepared) {
        statements.put(number, prepared);
        last = number;
    }

    /** Nothing was prepared last. */
    void failed() {
        last = LAST;
    }

    @Nullable
    Prepared find(long number) {
        return statements.get(number == LAST ? last : number);
    }

    void close(long number) {
        statements.remove(number == LAST ? last : number);
    }

    void clear() {
        statements.clear();
        last = LAST;
    }
}
