package dev.gatehouse.wire.mysql;

import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.wire.mysql.prepared.LongData;
import dev.gatehouse.wire.mysql.prepared.Shape;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A statement that the server has prepared. */
final class Prepared {

    /** What people are shown of it. */
    final byte[] shown;
    /** The same in UTF-8; null where it could not be read for certain. */
    final byte @Nullable [] text;
    /** What it was read under, and always will be. */
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

    /** What it is read under when it is executed: its own modes and database, and the temporary tables there are then. */
    Scope scope(Scope now) {
        boolean moved = !scope.database().equals(now.database());
        return new Scope(
                scope.upstream(),
                scope.database(),
                scope.username(),
                moved ? Optional.empty() : now.searchPath(),
                scope.modes());
    }
}
