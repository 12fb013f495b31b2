package dev.gatehouse.journal;

import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.journal.seal.Hash;
import dev.gatehouse.journal.seal.SigningKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Journals as tests want them: small spools, no watermark. */
final class Journals {

    static final int SPOOL_BYTES = 64 << 10;

    static final SigningKey KEY = SigningKey.ofSeed(new byte[SigningKey.BYTES]);

    /** No test lasts as long; a checkpoint is made when a journal is closed. */
    static final Duration SELDOM = Duration.ofHours(1);

    private Journals() {}

    static JournalSettings settings(Path dir) {
        return new JournalSettings(dir, JournalSettings.Roll.HOURLY, 0, SPOOL_BYTES, 4, KEY, SELDOM);
    }

    static JournalSettings settings(Path dir, long minFreeBytes) {
        return new JournalSettings(dir, JournalSettings.Roll.HOURLY, minFreeBytes, SPOOL_BYTES, 4, KEY, SELDOM);
    }

    static Verification verify(Path dir) {
        try (JournalReader reader = JournalReader.open(dir)) {
            return reader.verify(Optional.of(Hash.of(KEY.publicKey())), List.of());
        }
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
