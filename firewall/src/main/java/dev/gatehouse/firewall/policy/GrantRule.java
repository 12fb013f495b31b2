package dev.gatehouse.firewall.policy;

import dev.gatehouse.firewall.session.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What may be asked for ahead of time: to run, for a while, what the policy would not let through by itself.
 *
 * @param requestBy who may ask for it; a grant counts only as long as its holder is one of them
 * @param target where it counts; empty for everywhere
 * @param statement what it allows; empty for everything
 * @param overrides ids of block and approve rules that then do not count
 * @param longest for how long it may be asked for
 * @param mostUses how many statements it is good for; 0 for any number
 * @param flow who may approve it
 * @param reasonRequired whether a reason must be given
 * @param reason what the whole of a reason must look like
 * @param place where it stands; its id is the grant's
 */
public record GrantRule(
        Who requestBy,
        Optional<Target> target,
        Optional<StatementMatch> statement,
        Set<String> overrides,
        Duration longest,
        int mostUses,
        Flow flow,
        boolean reasonRequired,
        Optional<Pattern> reason,
        Ruling.Source place) {

    public GrantRule {
        overrides = Set.copyOf(overrides);
    }

    public String id() {
        return place.id();
    }

    /** Whether this session's user may ask for it here. */
    boolean mayBeAskedFor(Session session, Set<String> roles) {
        return requestBy.matches(session.subject(), roles)
                && target.map(t -> t.matches(session.upstream(), session.database()))
                        .orElse(true);
    }

    /** What keeps it from being asked for like this, in words; empty where nothing does. */
    public Optional<String> objection(Duration length, String why) {
        if (length.isZero() || length.compareTo(longest) > 0) {
            return Optional.of("grant " + id() + " is given for up to " + longest.toSeconds() + "s");
        }
        if (reasonRequired && why.isBlank()) {
            return Optional.of("grant " + id() + " wants a reason");
        }
        return reason.filter(pattern -> !why.isEmpty() && !pattern.matcher(why).find())
                .map(pattern -> "the reason does not look like " + pattern.pattern());
    }

    /** What it means while somebody holds it: one more rule that allows. */
    Rule rule() {
        return new Rule(
                "",
                true,
                Optional.of(requestBy),
                target,
                statement,
                Optional.empty(),
                Optional.empty(),
                new Then.Allow(overrides),
                place);
    }

    /** What reviewers are told that it gives. */
    public List<String> gives() {
        List<String> lines = new ArrayList<>();
        Set<String> words = new TreeSet<>();
        statement.ifPresent(match -> {
            match.kinds().forEach(kind -> words.add(kind.word()));
            match.classes().forEach(one -> words.add(one.name().toLowerCase(Locale.ROOT)));
        });
        lines.add("statements: " + (words.isEmpty() ? "any" : String.join(", ", words)) + ", as " + place.file() + ":"
                + place.line() + " says");
        if (!overrides.isEmpty()) {
            lines.add("in spite of the rules " + String.join(", ", new TreeSet<>(overrides)));
        }
        lines.add(mostUses == 0 ? "for any number of statements" : "for " + mostUses + " statements");
        return lines;
    }
}
