package dev.gatehouse.gateway.gate;

import dev.gatehouse.firewall.session.Wishes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why somebody wants a statement run, in their own words. */
final class Reason {

    private static final int MOST = 200;
    private static final Pattern LEADING =
            Pattern.compile("\\s*/\\*\\s*reason:\\s*([^*]{1," + MOST + "}?)\\s*\\*/", Pattern.CASE_INSENSITIVE);

    private Reason() {}

    /** What a comment before the statement gives as the reason, or, without one, what its session does. */
    static String of(Wishes wishes, String sql) {
        Matcher comment = LEADING.matcher(sql);
        return comment.lookingAt() ? comment.group(1) : wishes.reason();
    }
}
