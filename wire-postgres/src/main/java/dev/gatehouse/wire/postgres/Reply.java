package dev.gatehouse.wire.postgres;

import dev.gatehouse.wire.postgres.message.Report;
import org.jspecify.annotations.Nullable;

/** What the server still owes for one message it was sent, and what the client gets of it. */
sealed interface Reply {

    /** Whether the message belongs to the extended protocol, so that an error drops it up to the next Sync. */
    default boolean isExtended() {
        return true;
    }

    /** A Parse: ParseComplete. */
    record Parsed(Prepared prepared) implements Reply {}

    /** A Bind: BindComplete. */
    record Bound(Portal portal) implements Reply {}

    /**
     * A Describe: ParameterDescription for a statement, then RowDescription or NoData.
     *
     * @param prepared the statement, or the one behind the portal
     * @param swallowed whether the gateway asked by itself, so that the client gets nothing of the answer
     */
    record Described(Prepared prepared, boolean swallowed) implements Reply {}

    /** An Execute: rows, a copy, and what ends them. */
    record Executed(Portal portal) implements Reply {}

    /**
     * A Close: CloseComplete.
     *
     * @param prepared the statement that was closed, if one was; it lives on when the server skips the Close
     * @param portal the portal that was closed, if one was
     */
    record Closed(@Nullable Prepared prepared, @Nullable Portal portal) implements Reply {}

    /** A Sync: ReadyForQuery. */
    record Synced() implements Reply {
        static final Synced INSTANCE = new Synced();

        @Override
        public boolean isExtended() {
            return false;
        }
    }

    /** A simple query: any number of results, then ReadyForQuery. */
    record Queried(Portal portal) implements Reply {
        @Override
        public boolean isExtended() {
            return false;
        }
    }

    /**
     * A message that cannot succeed, sent in place of a refused one: its ErrorResponse is swallowed and the refusal takes
     * its place.
     *
     * @param answer what the client gets
     * @param simple whether it was a simple query, which ends with ReadyForQuery
     */
    record Refused(Report answer, boolean simple) implements Reply {
        @Override
        public boolean isExtended() {
            return !simple;
        }
    }

    /** A question of the gateway's own about a setting: everything up to ReadyForQuery is swallowed. */
    record Asked() implements Reply {
        static final Asked INSTANCE = new Asked();

        @Override
        public boolean isExtended() {
            return false;
        }
    }
}
