package dev.gatehouse.gateway.command;

import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.journal.Selection;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** What the commands need of the rest of the product. Whatever cannot be done is a {@link Failure}. */
public interface Parts {

    /**
     * Reads a configuration with its policy and says what is wrong with it.
     *
     * @param strict whether warnings count as errors
     */
    Report check(Path config, boolean strict);

    /** Starts the gateway of that configuration, its admin socket with it. */
    Running serve(Path config);

    /** Opens a journal for reading, whether or not a gateway writes to it now. */
    Reading journal(Path folder);

    /**
     * What a check has found.
     *
     * @param valid whether the configuration could be served
     * @param text the report, several lines
     */
    record Report(boolean valid, String text) {}

    /** A gateway that serves until it is closed. */
    interface Running extends AutoCloseable {

        /** Where it listens, such as {@code postgres 127.0.0.1:6432}. */
        List<String> listeners();

        /** Takes no new clients, and waits, though not for long, until its sessions have done what they are at. */
        void drain();

        @Override
        void close();
    }

    /** A journal being read. */
    interface Reading extends AutoCloseable {

        /** Reads a selection of what was recorded until now, in the order of its records. */
        Iterator<Event.Entry> entries(Selection selection);

        @Override
        void close();
    }
}
