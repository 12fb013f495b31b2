package dev.gatehouse.gateway.command;

import dev.gatehouse.firewall.audit.Event;
import java.util.List;

/**
 * Reads the rows a client was sent out of the bytes the journal keeps, so that a replay shows what the client saw. It is a
 * reader of records, not a guard: what it does not understand it does not show.
 */
interface Rows {

    /**
     * Makes a reader of one session's bytes.
     *
     * @param protocol the session's, as the journal names it
     * @param most how many rows of one answer are kept
     */
    static Rows of(String protocol, int most) {
        return protocol.equals("mysql") ? new MySqlRows(most) : new PostgresRows(most);
    }

    /** Takes the next bytes of the session. */
    void feed(Event.Frames frames);

    /** Takes notice that a statement begins. */
    void asked();

    /** Whether the rows at hand belong to a statement that was answered before: they are fetched from its cursor. */
    boolean comeUnasked();

    /** How many results have been read to their end that nobody has taken. */
    int results();

    /** Takes the first of them, as lines; nothing when there is none. */
    List<String> take();
}
