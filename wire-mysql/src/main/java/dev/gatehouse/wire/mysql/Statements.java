package dev.gatehouse.wire.mysql;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The statements that the server has prepared for this session, by its own numbers. */
final class Statements {

    /** By which MariaDB's clients mean the statement they have prepared last. */
    private static final long LAST = 0xffff_ffffL;

    private final Map<Long, Prepared> statements = new HashMap<>();
    private final boolean ofMariaDb;
    private long last = LAST;

    /** @param ofMariaDb whether the server may know a statement as the last one prepared */
    Statements(boolean ofMariaDb) {
        this.ofMariaDb = ofMariaDb;
    }

    private boolean isLast(long number) {
        return ofMariaDb && number == LAST;
    }

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
        return statements.get(isLast(number) ? last : number);
    }

    void close(long number) {
        statements.remove(isLast(number) ? last : number);
    }

    void clear() {
        statements.clear();
        last = LAST;
    }
}
