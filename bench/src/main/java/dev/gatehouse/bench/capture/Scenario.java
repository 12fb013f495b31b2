package dev.gatehouse.bench.capture;

import java.util.List;

/**
 * One thing worth recording.
 *
 * @param about what it shows, for the file's first line
 * @param files the vector each of its connections becomes, in the order they are made; an empty name drops one
 * @param act what is done
 */
record Scenario(String about, List<String> files, Act act) {

    /** A scenario of one connection. */
    static Scenario of(String file, String about, Act act) {
        return new Scenario(about, List.of(file), act);
    }

    /** What a client does. */
    interface Act {

        /** Plays it; whatever it throws ends the recording. */
        void play(Stage stage) throws Exception;
    }
}
