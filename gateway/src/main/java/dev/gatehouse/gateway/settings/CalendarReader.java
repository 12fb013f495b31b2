package dev.gatehouse.gateway.settings;

import dev.gatehouse.firewall.policy.Calendar;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one of {@code calendars}. */
final class CalendarReader {

    private CalendarReader() {}

    static Optional<Calendar> read(Section.Entry entry) {
        return entry.value().section().flatMap(section -> {
            Optional<ZoneId> zone = section.required("zone").flatMap(v -> v.as(CalendarReader::zone));
            Set<DayOfWeek> days = Vocabulary.words(section, "days", "day", days());
            Optional<Calendar.Hours> hours = hours(section);
            Optional<Calendar.Between> between = section.optional("between").flatMap(CalendarReader::between);
            section.close();
            if (!section.has("days") && !section.has("from") && !section.has("between")) {
                entry.value()
                        .problem(
                                Code.MISSING_KEY,
                                "a calendar says when: \"days\", \"from\" and \"to\", or \"between\"");
            }
            return zone.map(z -> new Calendar(entry.name(), z, days, hours, between));
        });
    }

    private static Map<String, DayOfWeek> days() {
        Map<String, DayOfWeek> days = new LinkedHashMap<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            days.put(day.name().substring(0, 3).toLowerCase(Locale.ROOT), day);
        }
        return days;
    }

    private static Optional<Calendar.Hours> hours(Section section) {
        Optional<Value> from = section.optional("from");
        Optional<Value> to = section.optional("to");
        if (from.isPresent() != to.isPresent()) {
            section.self().problem(Code.MISSING_KEY, "\"from\" and \"to\" go together");
        }
        Optional<LocalTime> first = from.flatMap(v -> v.as(CalendarReader::time));
        Optional<LocalTime> last = to.flatMap(v -> v.as(CalendarReader::time));
        return first.flatMap(f -> last.map(l -> new Calendar.Hours(f, l)));
    }

    private static Optional<Calendar.Between> between(Value value) {
        List<Value> items = value.items();
        if (value.isList() && items.size() != 2) {
            value.problem(Code.BAD_VALUE, "\"" + value.path() + "\" is a list of two moments");
        }
        if (items.size() != 2) {
            return Optional.empty();
        }
        Optional<Instant> from = items.get(0).as(CalendarReader::moment);
        Optional<Instant> to = items.get(1).as(CalendarReader::moment);
        if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
            items.get(1).problem(Code.CONTRADICTION, "the second moment is before the first");
        }
        return from.flatMap(f -> to.map(t -> new Calendar.Between(f, t)));
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a zone is a name such as Europe/Berlin or UTC", e);
        }
    }

    private static LocalTime time(String text) {
        if (!text.matches("[0-9]{2}:[0-9]{2}")) {
            throw new IllegalArgumentException("a time of day is written as in \"08:00\"");
        }
        try {
            return LocalTime.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a time of day is written as in \"08:00\"", e);
        }
    }

    private static Instant moment(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a moment is written as in \"2026-11-24T00:00Z\"", e);
        }
    }
}
