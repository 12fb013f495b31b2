package dev.gatehouse.firewall.policy;

import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Keeps what a mask has shown from being written over the real value, as tools do that read a row, have a person edit it, and
 * write the whole of it. Nothing is remembered of what was shown: what looks like a mask's work counts as such, wherever in the
 * statement it stands.
 */
final class WriteBack {

    private static final String SHOWN =
            "a value in it is what your mask of a column shows, and may not replace the real one";
    private static final String LIKE_REAL =
            "what your mask of a column shows looks like real values, so you may not change it";

    private final Ruling.Source place;
    private final SessionMasks masks;
    private final Refusals refusals;

    WriteBack(Ruling.Source place, SessionMasks masks, Refusals refusals) {
        this.place = place;
        this.masks = masks;
        this.refusals = refusals;
    }

    Optional<Ruling.Refuse> rule(List<Command> commands, Supplier<Optional<List<Parameter>>> constants) {
        if (masks.isEmpty()) {
            return Optional.empty();
        }
        for (Command command : commands) {
            Optional<Ruling.Refuse> refusal = replaces(command.kinds()) ? rule(command, constants) : Optional.empty();
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    /** Whether values of rows that are there may be replaced: a new row replaces nothing, but by REPLACE. */
    private static boolean replaces(Set<Kind> kinds) {
        return kinds.contains(Kind.UPDATE) || (kinds.contains(Kind.DELETE) && kinds.contains(Kind.INSERT));
    }

    private Optional<Ruling.Refuse> rule(Command command, Supplier<Optional<List<Parameter>>> constants) {
        for (Effect effect : command.effects()) {
            if (effect instanceof Effect.Uses uses && uses.use() == Effect.Use.WRITTEN) {
                Optional<Transform> shown = masks.on(uses.column()).map(MaskRule::transform);
                if (shown.isPresent() && mayHaveShown(shown.get(), constants)) {
                    return Optional.of(refusal(uses.column(), uses.position(), shown.get()));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean mayHaveShown(Transform transform, Supplier<Optional<List<Parameter>>> constants) {
        return Image.isLikeReal(transform)
                || constants
                        .get()
                        .map(values -> values.stream().anyMatch(value -> Image.isOf(transform, value.text())))
                        .orElse(true);
    }

    private Ruling.Refuse refusal(Column column, int position, Transform transform) {
        return refusals.writeBack(place, column, position, Image.isLikeReal(transform) ? LIKE_REAL : SHOWN);
    }
}
