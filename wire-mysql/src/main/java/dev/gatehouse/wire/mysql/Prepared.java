package dev.gatehouse.wire.mysql;

import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.wire.mysql.prepared.LongData;
import dev.gatehouse.wire.mysql.prepared.Shape;
import org.jspecify.annotations.Nullable;

/** A statement that the server has prepared. */
final class Prepared {

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

    Prepared(byte[] shown, byte @Nullable [] text, Scope scope) {
        this.shown = shown;
        this.text = text;
        this.scope = scope;
    }

    /** The database it was prepared in. */
    String database() {
        return scope.database();
    }

    /** Whether the server, should it read the text again, reads it as it was read. */
    boolean isReadAs(Modes now) {
        return scope.modes().equals(now);
    }
}
