package dev.gatehouse.firewall.statement;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A statement a client wants to run, with all that decides what it would do. The protocol engines implement it over the
 * frames they hold, so that an allowed statement costs no copy; every method may be called only until the statement was
 * decided.
 */
public interface Statement {

    /** The text's bytes as the client sent them, without a terminating zero; lent. */
    byte[] sql();

    /** How many bytes of {@link #sql} belong to the text. */
    int length();

    /** The bound values in order; empty when there are none. Made anew at each call. */
    List<Parameter> parameters();

    /** The bound values for a digest: declared types, formats and bytes as received; empty when there are none. */
    byte[] binding();

    /** About how many bytes the bound values have, and 0 when there are none; nothing is made for it. */
    default int boundBytes() {
        return binding().length;
    }

    /** What the text is read under. */
    Scope scope();

    /** What it meets on the server. */
    Transaction transaction();

    /**
     * How long it may wait for people at most, as the settings of its session and the locks that it keeps allow; zero where it may
     * not wait, empty where nothing limits it.
     */
    default Optional<Duration> patience() {
        return Optional.empty();
    }

    /** The state of the transaction a statement arrives in. */
    enum Transaction {
        /** None is open. */
        NONE,
        /** One is open that has written nothing. */
        CLEAN,
        /** One is open that has written, and so holds locks. */
        WRITTEN,
        /** One is open that has failed. */
        FAILED
    }
}
