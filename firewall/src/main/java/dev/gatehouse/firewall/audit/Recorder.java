package dev.gatehouse.firewall.audit;

import io.netty.buffer.ByteBuf;

/**
 * One caller's way into the journal. When a method returns, what it was given outlives the death of the process at any
 * instant. Never blocks, so that an event loop may use it. Each loop has its own; none is safe for use by two threads at once.
 */
public interface Recorder {

    /**
     * Records bytes as they came from or go to the client.
     *
     * @param bytes lent
     * @param index the first byte to record
     * @param length how many
     * @throws JournalUnavailable if they could not be recorded
     */
    void frames(long session, Direction direction, ByteBuf bytes, int index, int length);

    /**
     * Records that an allowed statement goes to the server; the short form of {@link Event.Asked} that costs no copy.
     *
     * @param sql the text's bytes, lent
     * @param length how many belong to the text
     * @throws JournalUnavailable if it could not be recorded; then the statement must not be forwarded
     */
    void allowed(long session, long decision, byte[] sql, int length, String rule, String policy);

    /**
     * Records a successful answer without masks; the short form of {@link Event.Answered}.
     *
     * @param tag the command tag's bytes, lent
     */
    void answered(long session, long decision, ByteBuf tag, int index, int length);

    /**
     * Records any event.
     *
     * @throws JournalUnavailable if it could not be recorded
     */
    void record(Event event);

    /** Whether there is room for a good deal more; when not, readers pause until there is. */
    boolean hasRoom();

    /** The journal cannot take an event now. */
    final class JournalUnavailable extends RuntimeException {
        private static final long serialVersionUID = 1;

        public JournalUnavailable(String why) {
            super(why, null, false, false);
        }
    }
}
