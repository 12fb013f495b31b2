package dev.gatehouse.firewall.statement;

import java.util.Optional;

/**
 * What a command does with a name that only its session knows: that of a prepared statement or of a cursor. Whoever follows
 * the session knows what the name stands for.
 */
public sealed interface Naming {

    /**
     * PREPARE.
     *
     * @param statement what the name stands for from then on, as it is understood now
     */
    record Prepares(String name, Command statement) implements Naming {}

    /**
     * EXECUTE, on its own or inside another command.
     *
     * @param known whether everything else in the command is known: its arguments
     */
    record Executes(String name, boolean known) implements Naming {}

    /**
     * DEALLOCATE.
     *
     * @param name empty for all of them
     */
    record Deallocates(Optional<String> name) implements Naming {}

    /**
     * DECLARE.
     *
     * @param query what the cursor gives
     * @param held whether it may outlive its transaction
     */
    record Declares(String name, Command query, boolean held) implements Naming {}

    /** FETCH, and MOVE, which runs the same and shows nothing. */
    record Fetches(String name) implements Naming {}

    /**
     * CLOSE.
     *
     * @param name empty for all of them
     */
    record Closes(Optional<String> name) implements Naming {}

    /** DISCARD ALL: no name stands for anything any more. */
    record Discards() implements Naming {}
}
