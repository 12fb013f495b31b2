package dev.gatehouse.firewall.policy;

import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.StatementClass;
import java.util.Optional;
import java.util.Set;

/**
 * The condition of a rule on the statement. All parts must hold; an empty one asks nothing.
 *
 * <p>A list is read in the way that protects. In a rule that blocks, one thing on the list is enough; in a rule that allows,
 * everything the statement does must be on the list. Under {@code not} it is the other way round.
 *
 * @param kinds kinds of command
 * @param classes classes of command
 * @param reads what it reads
 * @param writes what it writes
 * @param functions functions it calls; a name without a dot is a function of any schema
 * @param where what its UPDATE or DELETE lacks
 * @param limitMissing whether it must be a SELECT without a LIMIT
 * @param multi whether its text must be of several commands
 * @param parseFailed whether it must be one that could not be analysed
 * @param not what must not hold
 */
public record StatementMatch(
        Set<Kind> kinds,
        Set<StatementClass> classes,
        Optional<Touch> reads,
        Optional<Touch> writes,
        Names functions,
        Set<Command.Where> where,
        boolean limitMissing,
        Optional<Boolean> multi,
        boolean parseFailed,
        Optional<StatementMatch> not) {

    /** The condition that asks nothing. */
    public static final StatementMatch ANY = new StatementMatch(
            Set.of(),
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            Names.NONE,
            Set.of(),
            false,
            Optional.empty(),
            false,
            Optional.empty());

    /** What a condition is asked about. */
    record Asked(String upstream, Command command, boolean multi, Tags tags) {}

    /** Whether what is asked is that the whole list fits, or that one of it does. */
    enum Quantity {
        ANY,
        ALL;

        Quantity flipped() {
            return this == ANY ? ALL : ANY;
        }
    }

    public StatementMatch {
        kinds = Set.copyOf(kinds);
        classes = Set.copyOf(classes);
        where = Set.copyOf(where);
    }

    /** Whether it asks for tables, columns or functions. */
    boolean needsNames() {
        return reads.isPresent()
                || writes.isPresent()
                || !functions.equals(Names.NONE)
                || not.map(StatementMatch::needsNames).orElse(false);
    }

    /** Whether a rule that blocks or lets wait matches. */
    Truth protects(Asked asked) {
        return whole(asked, Quantity.ANY);
    }

    /** Whether a rule that allows matches, its kinds and classes aside: {@link #covers} asks for these. */
    Truth allows(Asked asked) {
        return rest(asked, Quantity.ALL);
    }

    /** Whether one kind of command is on the list. */
    public boolean covers(Kind kind) {
        return (kinds.isEmpty() || kinds.contains(kind) || kinds.contains(kind.broader()))
                && (classes.isEmpty() || classes.contains(kind.statementClass()));
    }

    /** Whether a rule that blocks or lets wait surely means a text that could not be analysed; if not, it may. */
    Truth protectsUnreadable() {
        return meansUnreadable() ? Truth.YES : Truth.UNKNOWN;
    }

    /** Whether a rule that allows means a text that could not be analysed: it must say so, and nothing else. */
    boolean allowsUnreadable() {
        return meansUnreadable()
                && reads.isEmpty()
                && writes.isEmpty()
                && functions.isEmpty()
                && where.isEmpty()
                && !limitMissing
                && multi.isEmpty()
                && not.isEmpty();
    }

    private boolean meansUnreadable() {
        boolean unrestricted = kinds.isEmpty() && classes.isEmpty();
        return unrestricted ? parseFailed : covers(Kind.UNKNOWN);
    }

    private Truth whole(Asked asked, Quantity quantity) {
        Truth kind = kind(asked.command(), quantity);
        return kind == Truth.NO ? kind : kind.and(rest(asked, quantity));
    }

    private Truth kind(Command command, Quantity quantity) {
        if (kinds.isEmpty() && classes.isEmpty()) {
            return Truth.YES;
        }
        boolean any = false;
        boolean all = true;
        for (Kind kind : command.kinds()) {
            boolean covered = covers(kind);
            any |= covered;
            all &= covered;
        }
        if (quantity == Quantity.ANY) {
            return any ? Truth.YES : command.kinds().contains(Kind.UNKNOWN) ? Truth.UNKNOWN : Truth.NO;
        }
        return Truth.of(all);
    }

    private Truth rest(Asked asked, Quantity quantity) {
        Command command = asked.command();
        if (parseFailed
                || (!where.isEmpty() && !where.contains(command.where()))
                || (limitMissing && command.limited())
                || (multi.isPresent() && multi.get() != asked.multi())) {
            return Truth.NO;
        }
        Truth result = Truth.YES;
        if (reads.isPresent()) {
            result = touch(reads.get(), Touched.reads(asked.upstream(), command), asked, quantity);
        }
        if (result != Truth.NO && writes.isPresent()) {
            result = result.and(touch(writes.get(), Touched.writes(asked.upstream(), command), asked, quantity));
        }
        if (result != Truth.NO && !functions.isEmpty()) {
            result = result.and(calls(command, quantity));
        }
        if (result != Truth.NO && not.isPresent()) {
            result = result.and(not.get().whole(asked, quantity.flipped()).not());
        }
        return result;
    }

    private static Truth touch(Touch touch, Touched touched, Asked asked, Quantity quantity) {
        return quantity == Quantity.ANY ? touch.any(touched, asked.tags()) : touch.all(touched, asked.tags());
    }

    private Truth calls(Command command, Quantity quantity) {
        boolean any = false;
        boolean all = true;
        for (Effect effect : command.effects()) {
            if (effect instanceof Effect.Calls calls) {
                boolean named = names(calls.name());
                any |= named;
                all &= named;
            }
        }
        Truth otherwise = command.complete() ? Truth.NO : Truth.UNKNOWN;
        if (quantity == Quantity.ANY) {
            return any ? Truth.YES : otherwise;
        }
        return !all ? Truth.NO : any && command.complete() ? Truth.YES : otherwise;
    }

    /** Whether a function is on the list. */
    boolean names(String function) {
        String bare = function.substring(function.lastIndexOf('.') + 1);
        for (Glob glob : functions.globs()) {
            if (glob.matches(glob.pattern().indexOf('.') < 0 ? bare : function)) {
                return true;
            }
        }
        return false;
    }
}
