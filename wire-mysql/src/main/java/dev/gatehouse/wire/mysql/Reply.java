package dev.gatehouse.wire.mysql;

import dev.gatehouse.firewall.gate.Refusal;
import dev.gatehouse.wire.mysql.message.Err;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the server owes for the one command it is at, and what the client gets of it. */
sealed interface Reply {

    /**
     * A command answered by one packet: OK_Packet, EOF_Packet or ERR_Packet.
     *
     * @param effect what its success means for the session
     * @param execution the statement it stands for; null for none
     */
    record Done(Effect effect, @Nullable Execution execution) implements Reply {}

    /** COM_STATISTICS: one packet of text. */
    record Statistics() implements Reply {
        static final Statistics INSTANCE = new Statistics();
    }

    /** COM_FIELD_LIST: column definitions. */
    record Fields(Execution execution) implements Reply {}

    /**
     * Results of a statement: each an OK_Packet or rows.
     *
     * @param prepared the prepared statement whose rows they are, in binary form; null for rows of text
     * @param then what the client is refused behind the last result; null for nothing
     */
    record Results(
            Execution execution,
            @Nullable Prepared prepared,
            @Nullable Refusal then) implements Reply {

        boolean binary() {
            return prepared != null;
        }
    }

    /** COM_STMT_PREPARE: COM_STMT_PREPARE_OK, then definitions of parameters and of columns. */
    record Preparing(Prepared prepared, Execution probe) implements Reply {}

    /** COM_STMT_FETCH: rows of a cursor. */
    record Fetched(Execution execution) implements Reply {}

    /**
     * The error of a command about a prepared statement that there is none of.
     *
     * @param number by which the client knows it; the server was given {@link #NUMBER}
     */
    record Unknown(long number) implements Reply {

        /** No statement's. */
        static final long NUMBER = 0xffff_fffeL;

        Err shown(Err error) {
            String message = error.message().replace(Long.toString(NUMBER), Long.toString(number));
            return new Err(error.code(), error.state(), message);
        }
    }

    /**
     * A question of the gateway's own: the client gets nothing of it.
     *
     * @param heard takes the answer in
     */
    record Asked(Inquiry inquiry, Consumer<Inquiry> heard) implements Reply {}

    /** A sign of life of the gateway's own: the client gets nothing of the answer. */
    record Awake() implements Reply {
        static final Awake INSTANCE = new Awake();
    }

    /** The statement that is under way; null for none. */
    default @Nullable Execution executed() {
        if (this instanceof Results results) {
            return results.execution();
        }
        if (this instanceof Fields fields) {
            return fields.execution();
        }
        if (this instanceof Fetched fetched) {
            return fetched.execution();
        }
        if (this instanceof Preparing preparing) {
            return preparing.probe();
        }
        return this instanceof Done done ? done.execution() : null;
    }

    /** What a command means for the session, once it has succeeded. */
    enum Effect {
        NOTHING,
        /** The session is as new. */
        RESET
    }
}
