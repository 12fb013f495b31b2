package dev.gatehouse.firewall.policy;

import java.time.Instant;

/**
 * The condition of a rule on the time.
 *
 * @param inside whether it must be within the calendar, or outside
 */
public record TimeMatch(Calendar calendar, boolean inside) {

    boolean matches(Instant now) {
        return calendar.contains(now) == inside;
    }
}
