package dev.gatehouse.firewall.policy;

import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Kind;
import java.util.Optional;

/** Keeps a masked column's clear values from deciding over rows, and from flowing where no mask reaches them. */
final class MaskedUse {

    private static final String CARRIED = "column is masked for you and may not flow where it cannot be masked";
    private static final String USED = "column is masked for you and may not ";

    private final MaskUse use;
    private final SessionMasks masks;
    private final Refusals refusals;

    MaskedUse(MaskUse use, SessionMasks masks, Refusals refusals) {
        this.use = use;
        this.masks = masks;
        this.refusals = refusals;
    }

    /** The ruling on a command for what it does with masked columns; empty when it does nothing that matters. */
    Optional<Ruling> rule(Command command) {
        if (!masks.detections().isEmpty() && command.kinds().contains(Kind.COPY_OUT)) {
            return Optional.of(unsearched(command));
        }
        if (masks.isEmpty()) {
            return Optional.empty();
        }
        Optional<Ruling> held = Optional.empty();
        for (Effect effect : command.effects()) {
            Optional<Ruling> ruling = rule(effect, command);
            if (ruling.isPresent() && ruling.get() instanceof Ruling.Refuse) {
                return ruling;
            }
            held = ruling.isPresent() ? ruling : held;
        }
        return mayCarry(command) ? Optional.of(unknownFlow(command)) : held;
    }

    private Optional<Ruling> rule(Effect effect, Command command) {
        if (effect instanceof Effect.Uses uses) {
            return uses.use() == Effect.Use.CARRIED
                    ? carried(uses, command)
                    : uses.use().decides()
                            ? decides(uses.column(), uses.position(), "be used " + place(uses.use()), command)
                            : Optional.empty();
        }
        if (effect instanceof Effect.Tests tests) {
            return decides(tests.column(), tests.position(), "decide whether a statement fails", command);
        }
        // The server's files hold the tables, too.
        boolean file = effect instanceof Effect.Files files && files.access() != Effect.Access.WRITTEN;
        if (file && !carriesNothing(command)) {
            return Optional.of(unknownFlow(command));
        }
        return effect instanceof Effect.Calls calls && mayStore(calls)
                ? Optional.of(unknownFlow(command))
                : Optional.empty();
    }

    private Optional<Ruling> carried(Effect.Uses uses, Command command) {
        if (uses.column().equals(Column.UNKNOWN)) {
            return Optional.of(unknownFlow(command));
        }
        return masks.on(uses.column()).isPresent()
                ? Optional.of(refusals.maskedUse(use.place(), uses.column(), uses.position(), CARRIED))
                : Optional.empty();
    }

    /** @param what the values do, that nobody may learn from */
    private Optional<Ruling> decides(Column column, int position, String what, Command command) {
        if (use.allowed()) {
            return Optional.empty();
        }
        if (column.equals(Column.UNKNOWN)) {
            return Optional.of(unknownFlow(command));
        }
        if (masks.on(column).isEmpty()) {
            return Optional.empty();
        }
        return use.flow()
                .<Ruling>map(flow -> new Ruling.Hold(use.place(), flow))
                .or(() -> Optional.of(refusals.maskedUse(use.place(), column, position, USED + what)));
    }

    /** Where values stand that decide over rows. */
    private static String place(Effect.Use deciding) {
        return switch (deciding) {
            case JOIN -> "to join tables";
            case ORDER -> "to order rows";
            case GROUP -> "to group rows";
            case PREDICATE, RESULT, AGGREGATE, CARRIED, WRITTEN -> "in a condition";
        };
    }

    /** Whether a function may do what DO may: put what it reads where no mask is. One that may change nothing cannot. */
    private static boolean mayStore(Effect.Calls calls) {
        boolean pure =
                calls.volatility() == Effect.Volatility.IMMUTABLE || calls.volatility() == Effect.Volatility.STABLE;
        return !calls.known() && !pure;
    }

    /** Whether what is not known of a command may carry values past the masks: not that of a query, whose rows are masked. */
    private static boolean mayCarry(Command command) {
        return !command.complete() && !carriesNothing(command);
    }

    private static boolean carriesNothing(Command command) {
        return command.kinds().stream().allMatch(MaskedUse::carriesNothing);
    }

    private static boolean carriesNothing(Kind kind) {
        return switch (kind.statementClass()) {
            case READ -> kind != Kind.COPY_OUT;
            case SESSION, TRANSACTION -> true;
            case DDL -> kind == Kind.DROP;
            case WRITE, DCL, ADMIN, UNKNOWN -> false;
        };
    }

    private Ruling unknownFlow(Command command) {
        return new Ruling.Refuse(
                use.place(),
                refusals.fit(
                        use.place(), "columns are masked for you, and what this statement does with them is not known"),
                "",
                new Ruling.Culprit(
                        command.position(),
                        "",
                        "",
                        "",
                        "A table or a function's body in it is not known to the gateway."));
    }

    /** The refusal of a COPY to the client, whose bytes nobody looks through. */
    private Ruling unsearched(Command command) {
        MaskRule strongest = masks.detections().get(0).rule();
        return new Ruling.Refuse(
                use.place(),
                refusals.fit(use.place(), "values are masked for you wherever they stand, and COPY is not searched"),
                "Use SELECT, whose rows are.",
                new Ruling.Culprit(
                        command.position(), "", "", "", "Mask \"" + strongest.id() + "\" has its values detected."));
    }

    /** The refusal of a text that could not be analysed. */
    Ruling unreadable(Analysis.Opaque opaque) {
        return new Ruling.Refuse(
                use.place(),
                refusals.fit(use.place(), "values are masked for you, and this statement could not be analysed"),
                "",
                new Ruling.Culprit(opaque.position(), "", "", "", Refusals.sentence(opaque.reason())));
    }
}
