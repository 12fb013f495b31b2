package dev.gatehouse.gateway.demo;

/** A database client that runs one statement through the gateway, in a session of its own. */
interface Client {

    /** What a person types, or does, to run a statement. */
    String typed(String user, String sql);

    /**
     * Runs a statement as a user of the demo and waits for its end.
     *
     * @return what the client printed, or its error
     */
    Seen run(String user, String sql);

    /**
     * What the client saw.
     *
     * @param done whether the statement succeeded
     * @param text what a person at the client reads
     */
    record Seen(boolean done, String text) {}
}
