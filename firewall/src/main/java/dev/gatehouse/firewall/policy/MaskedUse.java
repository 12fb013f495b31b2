package dev.gatehouse.firewall.policy;

import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Kind;
import java.util.Optional;

/** Keeps a masked column's clear values from deciding over rows, and from flowing where no mask reaches them. */
final class MaskedUse {

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
        if (masks.isEmpty()) {
            return Optional.empty();
        }
        Optional<Ruling> held = Optional.empty();
        for (Effect effect : command.effects()) {
            if (!(effect instanceof Effect.Uses uses)) {
                continue;
            }
            if (uses.column().equals(Column.UNKNOWN)) {
                if (uses.use() == Effect.Use.CARRIED || !use.allowed()) {
                    return Optional.of(unknownFlow(command));
                }
                continue;
            }
            if (masks.on(uses.column()).isEmpty()) {
                continue;
            }
            if (uses.use() == Effect.Use.CARRIED) {
                return Optional.of(refusals.maskedUse(
                        use.place(), uses, "column is masked for you and may not flow where it cannot be masked"));
            }
            if (uses.use().decides() && !use.allowed()) {
                if (use.flow().isEmpty()) {
                    return Optional.of(refusals.maskedUse(
                            use.place(), uses, "column is masked for you and may not be used " + place(uses.use())));
                }
                held = use.flow().map(flow -> new Ruling.Hold(use.place(), flow));
            }
        }
        return mayCarry(command) ? Optional.of(unknownFlow(command)) : held;
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

    /** Whether what is not known of a command may carry values past the masks: all but a query whose rows are masked. */
    private static boolean mayCarry(Command command) {
        return !command.complete() && !command.kinds().stream().allMatch(MaskedUse::onlyReturnsRows);
    }

    private static boolean onlyReturnsRows(Kind kind) {
        return switch (kind.statementClass()) {
            case READ -> kind != Kind.COPY_OUT;
            case SESSION, TRANSACTION -> true;
            case WRITE, DDL, DCL, ADMIN, UNKNOWN -> false;
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

    /** The refusal of a text that could not be analysed. */
    Ruling unreadable(Analysis.Opaque opaque) {
        return new Ruling.Refuse(
                use.place(),
                refusals.fit(use.place(), "columns are masked for you, and this statement could not be analysed"),
                "",
                new Ruling.Culprit(opaque.position(), "", "", "", Refusals.sentence(opaque.reason())));
    }
}
