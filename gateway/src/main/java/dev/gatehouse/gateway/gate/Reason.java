package dev.gatehouse.gateway.gate;

import dev.gatehouse.firewall.session.Session;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why somebody wants a statement run, in their own words. */
final class Reason {

    private static final int MOST = 200;
    private static final Pattern LEADING =
            Pattern.compile("\\s*/\\*\\s*reason:\\s*([^*]{1," + MOST + "}?)\\s*\\*/", Pattern.CASE_INSENSITIVE);

    private Reason() {}

    /** What a comment before the statement gives as the reason, or, without one, what its session does. */
    static String of(Session session, String sql) {
        String own = in(sql);
        return own.isEmpty() ? session.reason() : own;
    }

    /** What a comment before the statement gives as the reason: {@code /* reason: CHG-118 *}{@code /}; empty without one. */
    static String in(String sql) {
        Matcher comment = LEADING.matcher(sql);
        return comment.lookingAt() ? comment.group(1) : "";
    }
}
