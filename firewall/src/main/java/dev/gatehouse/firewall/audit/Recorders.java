package dev.gatehouse.firewall.audit;

/** Where recorders come from. */
public interface Recorders {

    /**
     * Opens a way into the journal for one thread. There are only as many as the journal was opened for.
     *
     * @param name the thread it is for, such as {@code loop-0}; unique
     */
    Recorder open(String name);
}
