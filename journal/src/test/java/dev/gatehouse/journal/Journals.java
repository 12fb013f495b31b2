package dev.gatehouse.journal;

import dev.gatehouse.firewall.audit.Event;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Journals as tests want them: small spools, no watermark. */
final class Journals {

    static final int SPOOL_BYTES = 64 << 10;

    private Journals() {}

    static JournalSettings settings(Path dir) {
        return new JournalSettings(dir, JournalSettings.Roll.HOURLY, 0, SPOOL_BYTES, 4);
    }

    static JournalSettings settings(Path dir, long minFreeBytes) {
        return new JournalSettings(dir, JournalSettings.Roll.HOURLY, minFreeBytes, SPOOL_BYTES, 4);
    }

    static List<Event.Entry> entries(Path dir) {
        try (JournalReader reader = JournalReader.open(dir)) {
            List<Event.Entry> entries = new ArrayList<>();
            reader.entries().forEachRemaining(entries::add);
            return entries;
        }
    }

    static List<Event> events(Path dir) {
        return entries(dir).stream().map(Event.Entry::event).toList();
    }
}
