package dev.gatehouse.gateway.gate;

import dev.gatehouse.firewall.session.Wishes;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a session tells the gateway while it lasts, by settings that mean nothing to the server: {@code SET gatehouse.reason =
 * 'CHG-118'}, and in MySQL {@code SET @gatehouse_hold = 600}. The server gets them too. They count from the moment they are let
 * through, also where the transaction they are in comes to nothing.
 */
final class SpokenWishes {

    /** The repeated group is possessive: else it would take a frame of the stack for each character of a reason. */
    private static final Pattern SET = Pattern.compile(
            "[\\s;]*set\\s+(?:session\\s+)?(?:gatehouse\\s*\\.\\s*|@gatehouse_)(reason|hold)\\s*(?::?=|to\\b)\\s*"
                    + "(?:'((?:[^'\\\\]++|'')*+)'|(\\d+)|(default|null))\\s*(?:;|$)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern RESET = Pattern.compile(
            "[\\s;]*(?:reset\\s+(?:all|gatehouse\\s*\\.\\s*(reason|hold))|discard\\s+all)\\s*(?:;|$)",
            Pattern.CASE_INSENSITIVE);

    private final Wishes first;
    private Wishes now;

    /** @param first what the client said as it connected */
    SpokenWishes(Wishes first) {
        this.first = first;
        this.now = first;
    }

    Wishes now() {
        return now;
    }

    /** The session is as new. */
    void forget() {
        now = first;
    }

    /** Whether a statement may tell anything: it begins with a command that changes settings. */
    static boolean mayBeIn(Analysis analysis) {
        if (!(analysis instanceof Analysis.Understood understood)
                || understood.commands().isEmpty()) {
            return false;
        }
        Kind verb = understood.commands().get(0).verb();
        return verb == Kind.SET || verb == Kind.RESET || verb == Kind.DISCARD;
    }

    /**
     * Takes in what a text tells at its beginning.
     *
     * @return what is wrong with it; nothing was taken in then
     */
    Optional<String> heed(String sql) {
        Wishes heard = now;
        int at = 0;
        while (at < sql.length()) {
            Matcher set = SET.matcher(sql).region(at, sql.length());
            Matcher reset = RESET.matcher(sql).region(at, sql.length());
            if (set.lookingAt()) {
                Optional<Wishes> next = heard(heard, set);
                if (next.isEmpty()) {
                    return Optional.of("gatehouse.hold that is no time, such as '10min'");
                }
                heard = next.get();
                at = set.end();
            } else if (reset.lookingAt()) {
                heard = restored(heard, reset.group(1));
                at = reset.end();
            } else {
                break;
            }
        }
        now = heard;
        return Optional.empty();
    }

    private Optional<Wishes> heard(Wishes before, Matcher set) {
        if (set.group(4) != null) {
            return Optional.of(restored(before, set.group(1)));
        }
        String value = set.group(3) != null ? set.group(3) : set.group(2).replace("''", "'");
        if (set.group(1).equalsIgnoreCase("reason")) {
            return Optional.of(before.withReason(value));
        }
        Optional<Duration> time = Wishes.time(value);
        return time.isEmpty() ? Optional.empty() : Optional.of(before.withHold(time));
    }

    private Wishes restored(Wishes before, @Nullable String which) {
        if (which == null) {
            return first;
        }
        return which.equalsIgnoreCase("reason") ? before.withReason(first.reason()) : before.withHold(first.hold());
    }
}
