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

        /**
         * Whether a command uses tables behind one that may have changed them: what it means was read before that.
         *
         * @param changed whether they may have changed before the first command already
         */
        public boolean usesChangedTables(boolean changed) {
            boolean now = changed;
            for (Command command : commands) {
                if (now && usesTables(command)) {
                    return true;
                }
                now |= command.changes().contains(Command.Change.CATALOG) || !command.complete();
            }
            return false;
        }

        private static boolean usesTables(Command command) {
            for (Effect effect : command.effects()) {
                if (effect instanceof Effect.Reads || effect instanceof Effect.Uses || effect instanceof Effect.Calls) {
                    return true;
                }
            }
            return false;
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

    /** Whether it is not certain to change nothing. */
    default boolean mayWrite() {
        if (this instanceof Understood understood) {
            for (Command command : understood.commands()) {
                if (command.mayWrite()) {
                    return true;
                }
            }
            return false;
        }
        return true;
    }
}
