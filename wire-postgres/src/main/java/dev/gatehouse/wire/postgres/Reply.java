package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.wire.postgres.Meanings.Change;
import dev.gatehouse.wire.postgres.Names.Step;
import dev.gatehouse.wire.postgres.message.Report;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server still owes for one message it was sent, and what the client gets of it. */
sealed interface Reply {

    /** Whether the message belongs to the extended protocol, so that an error drops it up to the next Sync. */
    default boolean isExtended() {
        return true;
    }

    /** Which segment ends with its ReadyForQuery; negative for a message that has none, or that ends none. */
    default int segment() {
        return -1;
    }

    /**
     * A Parse: ParseComplete.
     *
     * @param analysis what the text means
     * @param change what became of its name
     * @param swallowed whether the gateway repeats a Parse, so that the client gets no answer
     */
    record Parsed(Analysis analysis, Change<Prepared> change, boolean swallowed) implements Reply {}

    /** A Bind: BindComplete. */
    record Bound(Portal portal, Change<Portal> change) implements Reply {}

    /** A message that the server can only answer with an error: its name stands for nothing there. */
    record Failing() implements Reply {
        static final Failing INSTANCE = new Failing();
    }

    /**
     * A Describe: ParameterDescription for a statement, then RowDescription or NoData.
     *
     * @param prepared the statement, or the one behind the portal
     * @param swallowed whether the gateway asked by itself, so that the client gets nothing of the answer
     */
    record Described(Prepared prepared, boolean swallowed) implements Reply {}

    /**
     * An Execute: rows, a copy, and what ends them.
     *
     * @param steps what it does with names
     */
    record Executed(Portal portal, List<Step> steps) implements Reply {}

    /**
     * A Close: CloseComplete.
     *
     * @param statement what became of a statement's name, if it was one
     * @param portal what became of a portal's name, if it was one
     */
    record Closed(
            @Nullable Change<Prepared> statement, @Nullable Change<Portal> portal) implements Reply {}

    /** A Close of the gateway's own: CloseComplete, which the client does not get. */
    record Cleared() implements Reply {
        static final Cleared INSTANCE = new Cleared();
    }

    /** A Sync: ReadyForQuery. */
    record Synced(int segment) implements Reply {
        @Override
        public boolean isExtended() {
            return false;
        }
    }

    /**
     * A simple query: any number of results, then ReadyForQuery.
     *
     * @param steps what it does with names
     */
    record Queried(Portal portal, List<Step> steps, int segment) implements Reply {
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
     * @param segment which one ends with it, where it was a simple query; otherwise negative
     */
    record Refused(Report answer, int segment) implements Reply {
        @Override
        public boolean isExtended() {
            return segment < 0;
        }
    }

    /** A question of the gateway's own in the extended protocol, all of whose answer is swallowed. */
    record Limited(HoldQuestion question) implements Reply {
        @Override
        public boolean isExtended() {
            return !question.endsInSync();
        }
    }

    /** A question of the gateway's own: everything up to ReadyForQuery is swallowed. */
    record Asked() implements Reply {
        static final Asked INSTANCE = new Asked();

        @Override
        public boolean isExtended() {
            return false;
        }
    }
}
