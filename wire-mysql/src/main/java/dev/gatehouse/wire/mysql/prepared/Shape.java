package dev.gatehouse.wire.mysql.prepared;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a prepared statement's parameters: how many there are, and the types of their values. A client sends
 * types only when they change, and takes them for known from then on, even if the execution that had them was refused and
 * the server has never seen it.
 */
public final class Shape {

    private final int parameters;
    /** What the client sent last. */
    private @Nullable Types types;
    /** What the server was sent last; null where that is not certain. */
    private @Nullable Types told;

    public Shape(int parameters) {
        this.parameters = parameters;
    }

    /** How many parameters the statement has. */
    public int parameters() {
        return parameters;
    }

    @Nullable
    Types types() {
        return types;
    }

    Types learn(Types sent) {
        types = sent;
        return sent;
    }

    /** Whether the server has to be told the types that an execution relies on. */
    public boolean mustTell(Execute execute) {
        return !execute.isTyped() && !execute.types().equals(told);
    }

    /** Notes that an execution goes to the server, with its types where those were missing. */
    public void tell(Execute execute) {
        if (execute.types().count() > 0) {
            told = execute.types();
        }
    }

    /** Notes that an execution has failed, and nobody knows whether the server has taken in its types. */
    public void doubt() {
        told = null;
    }
}
