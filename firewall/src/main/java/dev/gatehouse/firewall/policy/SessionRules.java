package dev.gatehouse.firewall.policy;

import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Parameter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules whose conditions on person, database and source hold for one session: what is left to ask is the statement. */
final class SessionRules {

    /** The rule that lets transactions begin and end. */
    static final String TRANSACTION_CONTROL = "transaction-control";
    /** The rule that lets a text without commands pass. */
    static final String EMPTY = "empty-statement";

    private static final Set<Kind> CONTROL =
            EnumSet.of(Kind.BEGIN, Kind.COMMIT, Kind.ROLLBACK, Kind.SAVEPOINT, Kind.DEALLOCATE);
    private static final Comparator<Rule> MOST_SPECIFIC_FIRST =
            Comparator.comparingInt(Rule::dimensions).reversed().thenComparing(Rule::id);
    /** How many rulings are remembered; a power of two. */
    private static final int REMEMBERED = 32;

    private final RuleBook book;
    private final Session session;
    private final Tags tags;
    private final SessionMasks masks;
    private final List<Rule> allows;
    private final List<Rule> blocks;
    private final List<Rule> approves;
    private final List<TimeMatch> times;
    private final Refusals refusals;
    private final MaskedUse maskedUse;
    private final WriteBack writeBack;
    private final AtomicReferenceArray<@Nullable Ruled> remembered = new AtomicReferenceArray<>(REMEMBERED);

    private volatile Phase phase = new Phase(Long.MIN_VALUE, 0);

    private record Ruled(Analysis analysis, long holding, Ruling ruling) {}

    /** Which of the conditions on time hold in one second, a bit for each. */
    private record Phase(long second, long holding) {}

    private SessionRules(RuleBook book, Tags tags, Session session, Set<String> roles) {
        this.book = book;
        this.session = session;
        this.tags = tags;
        this.masks = new SessionMasks(book.masks(), tags, session, roles);
        List<Rule> mine = book.rules().stream()
                .filter(Rule::enforced)
                .filter(r ->
                        r.who().map(w -> w.matches(session.subject(), roles)).orElse(true))
                .filter(r -> r.target()
                        .map(t -> t.matches(session.upstream(), session.database()))
                        .orElse(true))
                .filter(r -> r.source().map(s -> s.matches(session)).orElse(true))
                .sorted(MOST_SPECIFIC_FIRST)
                .toList();
        this.allows = mine.stream().filter(r -> r.then() instanceof Then.Allow).toList();
        this.blocks = mine.stream().filter(r -> r.then() instanceof Then.Block).toList();
        this.approves =
                mine.stream().filter(r -> r.then() instanceof Then.Approve).toList();
        this.times = mine.stream().map(Rule::time).flatMap(Optional::stream).toList();
        this.refusals = new Refusals(book, tags, session.upstream().name(), roles);
        this.maskedUse = new MaskedUse(book.maskUse(), masks, refusals);
        this.writeBack = new WriteBack(book.maskUse().place(), masks, refusals);
    }

    static SessionRules of(RuleBook book, Tags tags, Session session, Set<String> roles) {
        return new SessionRules(book, tags, session, roles);
    }

    Session session() {
        return session;
    }

    SessionMasks masks() {
        return masks;
    }

    Optional<Ruling.Refuse> writeBack(Analysis analysis, Supplier<Optional<List<Parameter>>> constants) {
        return analysis.match(
                understood -> writeBack.rule(understood.commands(), constants), opaque -> Optional.empty());
    }

    /** Whether any rule or mask asks for tables, columns or functions. */
    boolean needsNames() {
        return !masks.isEmpty()
                || Stream.of(allows, blocks, approves).flatMap(List::stream).anyMatch(rule -> rule.statement()
                        .map(StatementMatch::needsNames)
                        .orElse(false));
    }

    /**
     * Rules on a statement. The same analysis gets the same answer without being looked at again while the same conditions
     * on time hold; a refusal may say until when, so it is remembered only where there are none.
     */
    Ruling rule(Analysis analysis, Instant now) {
        if (times.size() > Long.SIZE) {
            return decide(analysis, now);
        }
        long holding = times.isEmpty() ? 0 : holding(now);
        int slot = System.identityHashCode(analysis) & (REMEMBERED - 1);
        Ruled known = remembered.get(slot);
        if (known != null && known.analysis() == analysis && known.holding() == holding) {
            return known.ruling();
        }
        Ruling ruling = decide(analysis, now);
        if (times.isEmpty() || !(ruling instanceof Ruling.Refuse)) {
            remembered.set(slot, new Ruled(analysis, holding, ruling));
        }
        return ruling;
    }

    private long holding(Instant now) {
        Phase known = phase;
        if (known.second() == now.getEpochSecond()) {
            return known.holding();
        }
        long holding = 0;
        for (int i = 0; i < times.size(); i++) {
            holding |= times.get(i).matches(now) ? 1L << i : 0;
        }
        phase = new Phase(now.getEpochSecond(), holding);
        return holding;
    }

    private Ruling decide(Analysis analysis, Instant now) {
        return analysis.match(understood -> worst(understood.commands(), now), opaque -> unreadable(opaque, now));
    }

    private Ruling worst(List<Command> commands, Instant now) {
        Ruling worst = new Ruling.Allow(new Ruling.Source(EMPTY, "", 0));
        for (int i = 0; i < commands.size(); i++) {
            Ruling ruling = command(commands.get(i), commands.size() > 1, now);
            worst = i == 0 || severity(ruling) > severity(worst) ? ruling : worst;
        }
        return worst;
    }

    private static int severity(Ruling ruling) {
        return ruling.match(allow -> 0, refuse -> 2, hold -> 1);
    }

    private Ruling command(Command command, boolean multi, Instant now) {
        Optional<Ruling> proofs = LoginProofs.rule(command);
        if (proofs.isPresent()) {
            return proofs.get();
        }
        StatementMatch.Asked asked = new StatementMatch.Asked(session.upstream().name(), command, multi, tags);
        Set<Kind> uncovered = EnumSet.of(command.verb(), command.kinds().toArray(new Kind[0]));
        Set<String> overridden = new HashSet<>();
        Optional<Rule> allowing = allowing(asked, now, uncovered, overridden);

        Optional<Match> block = protecting(blocks, asked, overridden, now);
        if (block.isPresent()) {
            return refusals.byRule(block.get().rule(), block.get().truth(), command, now);
        }
        boolean control = CONTROL.containsAll(command.kinds());
        if (!uncovered.isEmpty() && !control && !book.allowByDefault()) {
            return refusals.byDefault(uncovered, command);
        }
        Optional<Ruling> masked = maskedUse.rule(command);
        if (masked.isPresent()) {
            return masked.get();
        }
        Optional<Match> approve = protecting(approves, asked, overridden, now);
        if (approve.isPresent() && approve.get().rule().then() instanceof Then.Approve then) {
            return new Ruling.Hold(approve.get().rule().place(), then.flow());
        }
        Ruling.Source otherwise = control ? new Ruling.Source(TRANSACTION_CONTROL, "", 0) : book.defaultPlace();
        return new Ruling.Allow(uncovered.isEmpty() ? allowing.map(Rule::place).orElse(otherwise) : otherwise);
    }

    /**
     * Finds the rules that allow a command. Each kind in it must be allowed by some rule; only a rule that allows all of
     * them by itself overrides others.
     *
     * @param uncovered all kinds of the command; those that are allowed are taken out
     * @param overridden where the overridden ids go
     * @return the rule to name
     */
    private Optional<Rule> allowing(
            StatementMatch.Asked asked, Instant now, Set<Kind> uncovered, Set<String> overridden) {
        Command command = asked.command();
        List<Rule> matching = new ArrayList<>();
        for (Rule rule : allows) {
            StatementMatch match = rule.statement().orElse(StatementMatch.ANY);
            boolean inTime = rule.time().map(t -> t.matches(now)).orElse(true);
            if (inTime && command.kinds().stream().anyMatch(match::covers) && match.allows(asked) == Truth.YES) {
                matching.add(rule);
                uncovered.removeIf(match::covers);
                if (rule.then() instanceof Then.Allow allow
                        && command.kinds().stream().allMatch(match::covers)) {
                    overridden.addAll(allow.overrides());
                }
            }
        }
        return matching.stream()
                .filter(r -> r.statement().orElse(StatementMatch.ANY).covers(command.verb()))
                .findFirst()
                .or(() -> matching.stream().findFirst());
    }

    private record Match(Rule rule, Truth truth) {}

    /** The rule to name of those that match, one that surely does before one that may. */
    private static Optional<Match> protecting(
            List<Rule> rules, StatementMatch.Asked asked, Set<String> overridden, Instant now) {
        Optional<Match> possible = Optional.empty();
        for (Rule rule : rules) {
            if (overridden.contains(rule.id())
                    || !rule.time().map(t -> t.matches(now)).orElse(true)) {
                continue;
            }
            Truth truth = rule.statement().map(s -> s.protects(asked)).orElse(Truth.YES);
            if (truth == Truth.YES) {
                return Optional.of(new Match(rule, truth));
            }
            if (truth == Truth.UNKNOWN && possible.isEmpty()) {
                possible = Optional.of(new Match(rule, truth));
            }
        }
        return possible;
    }

    private Ruling unreadable(Analysis.Opaque opaque, Instant now) {
        List<Rule> allowing = allows.stream()
                .filter(r -> r.time().map(t -> t.matches(now)).orElse(true))
                .filter(r -> r.statement().map(StatementMatch::allowsUnreadable).orElse(false))
                .toList();
        Set<String> overridden = new HashSet<>();
        allowing.forEach(rule -> {
            if (rule.then() instanceof Then.Allow allow) {
                overridden.addAll(allow.overrides());
            }
        });
        Optional<Match> block = protectingUnreadable(blocks, overridden, now);
        if (block.isPresent()) {
            return refusals.unreadable(block.get().rule(), block.get().truth(), opaque, now);
        }
        if (allowing.isEmpty()) {
            return refusals.unreadable(opaque);
        }
        if (!masks.isEmpty() || !masks.detections().isEmpty()) {
            return maskedUse.unreadable(opaque);
        }
        Optional<Match> approve = protectingUnreadable(approves, overridden, now);
        if (approve.isPresent() && approve.get().rule().then() instanceof Then.Approve then) {
            return new Ruling.Hold(approve.get().rule().place(), then.flow());
        }
        return new Ruling.Allow(allowing.get(0).place());
    }

    private static Optional<Match> protectingUnreadable(List<Rule> rules, Set<String> overridden, Instant now) {
        return rules.stream()
                .filter(r -> !overridden.contains(r.id()))
                .filter(r -> r.time().map(t -> t.matches(now)).orElse(true))
                .map(r -> new Match(
                        r, r.statement().map(StatementMatch::protectsUnreadable).orElse(Truth.YES)))
                .max(Comparator.comparing(Match::truth).thenComparing(Match::rule, MOST_SPECIFIC_FIRST.reversed()));
    }
}
