package dev.gatehouse.firewall.gate;

import dev.gatehouse.firewall.session.Wishes;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code REQUEST GRANT table-load FOR '2h' REASON 'CHG-118'}: what somebody wants to be allowed for a while.
 *
 * @param rule the id of the policy's grant
 * @param length for how long
 * @param reason why; empty where the text gives none
 */
public record GrantWish(String rule, Duration length, String reason) {

    private static final Pattern REQUEST = Pattern.compile(
            "\\s*request\\s+grant\\s+(?:'([a-z0-9-]{1,64})'|([a-z0-9-]{1,64}))\\s+for\\s+'([^']{1,20})'"
                    + "(?:\\s+reason\\s+'((?:[^'\\\\]|''){0,200})')?[\\s;]*",
            Pattern.CASE_INSENSITIVE);

    /** The wish a text holds, and nothing else. */
    static Optional<GrantWish> in(String text) {
        Matcher request = REQUEST.matcher(text);
        if (!request.matches()) {
            return Optional.empty();
        }
        String rule = request.group(1) == null ? request.group(2) : request.group(1);
        String reason = request.group(4) == null ? "" : request.group(4).replace("''", "'");
        // What is no time is asked for as none, which no grant gives.
        return Optional.of(new GrantWish(rule, Wishes.time(request.group(3)).orElse(Duration.ZERO), reason));
    }

    /** The wish as a text of its own, which is what reviewers are shown. */
    public String text() {
        String why = reason.isEmpty() ? "" : " REASON '" + reason.replace("'", "''") + "'";
        return "REQUEST GRANT " + rule + " FOR '" + length.toSeconds() + "s'" + why;
    }
}
