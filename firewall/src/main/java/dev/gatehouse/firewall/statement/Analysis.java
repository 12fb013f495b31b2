package dev.gatehouse.firewall.statement;

import java.util.List;
import java.util.function.Function;

/** What a statement means, or that it is not understood. */
public sealed interface Analysis {

    /**
     * Every command of the text was understood.
     *
     * @param commands in the order of the text; empty for an empty statement
     */
    record Understood(List<Command> commands) implements Analysis {
        public Understood {
            commands = List.copyOf(commands);
        }
    }

    /**
     * The text was not understood. Policy must have a rule for it, and the default refuses.
     *
     * @param reason what was not understood, for the person who reads the refusal; quotes no literals
     * @param position 1-based character offset of the first thing not understood; 0 where there is no one place
     */
    record Opaque(String reason, int position) implements Analysis {}

    /** Answers by case. */
    default <R> R match(Function<Understood, R> understood, Function<Opaque, R> opaque) {
        if (this instanceof Understood u) {
            return understood.apply(u);
        }
        return opaque.apply((Opaque) this);
    }
}
