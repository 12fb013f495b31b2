package dev.gatehouse.wire.mysql;

import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.wire.mysql.prepared.LongData;
import dev.gatehouse.wire.mysql.prepared.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A statement that the server has prepared. */
final class Prepared {

    /** Its bytes as they were sent. */
    private final byte[] raw;
    /** What people are shown of it. */
    final byte[] shown;
    /** The same in UTF-8; null where it could not be read for certain. */
    final byte @Nullable [] text;
    /** What it was read under. */
    private final Scope scope;

    final LongData longData = new LongData();
    /** What is known of its parameters, once the server has told how many there are. */
    Shape shape = new Shape(0);
    /** What ran last and may have left rows in a cursor; null for nothing. */
    @Nullable
    Execution cursor;

    Prepared(byte[] raw, byte[] shown, byte @Nullable [] text, Scope scope) {
        this.raw = raw;
        this.shown = shown;
        this.text = text;
        this.scope = scope;
    }

    /** The database it was prepared in. */
    String database() {
        return scope.database();
    }

    /** Whether the server, should it read the text again, reads it as it was read. */
    boolean isReadAs(Variables now) {
        return scope.modes().equals(now.scope().modes()) && Arrays.equals(text, now.readable(raw));
    }
}
