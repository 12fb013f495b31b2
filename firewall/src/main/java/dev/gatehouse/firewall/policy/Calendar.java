package dev.gatehouse.firewall.policy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A named span of time: some days of the week, some hours of the day, a stretch between two moments, or all at once.
 *
 * @param zone where the days and hours are counted
 * @param days the days of the week on which the hours begin; none for all
 * @param hours the hours of the day; empty for the whole day
 * @param between the two moments; empty for always
 */
public record Calendar(
        String name, ZoneId zone, Set<DayOfWeek> days, Optional<Hours> hours, Optional<Between> between) {

    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm zzz", Locale.ROOT);

    /** From one time of day up to, not including, another; over midnight when the second is not later. */
    public record Hours(LocalTime from, LocalTime to) {}

    /** From one second up to and including another. */
    public record Between(Instant from, Instant to) {}

    public Calendar {
        days = Set.copyOf(days);
    }

    boolean contains(Instant now) {
        if (between.isPresent()
                && (now.isBefore(between.get().from())
                        || now.isAfter(between.get().to()))) {
            return false;
        }
        ZonedDateTime local = now.atZone(zone);
        if (hours.isEmpty()) {
            return onDay(local.getDayOfWeek());
        }
        LocalTime time = local.toLocalTime();
        LocalTime from = hours.get().from();
        LocalTime to = hours.get().to();
        if (from.isBefore(to)) {
            return !time.isBefore(from) && time.isBefore(to) && onDay(local.getDayOfWeek());
        }
        boolean evening = !time.isBefore(from) && onDay(local.getDayOfWeek());
        boolean morning = time.isBefore(to) && onDay(local.getDayOfWeek().minus(1));
        return evening || morning;
    }

    private boolean onDay(DayOfWeek day) {
        return days.isEmpty() || days.contains(day);
    }

    /** When the span that contains this moment ends, for people; empty for one that has no end of its own. */
    String end(Instant now) {
        if (between.isPresent()) {
            return SHOWN.format(between.get().to().atZone(zone));
        }
        return hours.map(h -> {
                    ZonedDateTime end = now.atZone(zone).with(h.to());
                    return SHOWN.format(end.toInstant().isAfter(now) ? end : end.plusDays(1));
                })
                .orElse("");
    }
}
