package dev.gatehouse.gateway.command;

import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.audit.Verdict;
import dev.gatehouse.journal.Selection;
import dev.gatehouse.journal.Verification;
import dev.gatehouse.journal.seal.Hash;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** What the commands need of the rest of the product. Whatever cannot be done is a {@link Failure}. */
public interface Parts {

    /**
     * Reads a configuration with its policy and says what is wrong with it.
     *
     * @param strict whether warnings count as errors
     * @param live whether the upstreams are asked too, for what only they know
     */
    Report check(Path config, boolean strict, boolean live);

    /**
     * Starts the gateway of that configuration, its admin socket with it.
     *
     * @param live whether the upstreams are asked first, and what they know may keep it from starting
     */
    Running serve(Path config, boolean live);

    /** Asks a configuration's policy about a statement. */
    Explained explain(Path config, Inquiry inquiry);

    /** Opens a journal for reading, whether or not a gateway writes to it now. */
    Reading journal(Path folder);

    /**
     * What a check has found.
     *
     * @param valid whether the configuration could be served
     * @param text the report, several lines
     */
    record Report(boolean valid, String text) {}

    /**
     * What a policy makes of a statement.
     *
     * @param rule the rule that decides
     * @param policy its version
     * @param lines for a person to read
     */
    record Explained(Verdict verdict, String rule, String policy, List<String> lines) {
        public Explained {
            lines = List.copyOf(lines);
        }
    }

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

        /**
         * Checks that nobody has changed it.
         *
         * @param trusted the public key that it must be signed with; empty for any
         * @param checkpoints files of checkpoints that were kept elsewhere
         */
        Verification verify(Optional<Hash> trusted, List<Path> checkpoints);

        @Override
        void close();
    }
}
