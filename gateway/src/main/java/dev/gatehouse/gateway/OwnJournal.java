package dev.gatehouse.gateway;

import dev.gatehouse.gateway.secret.OwnSecret;
import dev.gatehouse.gateway.settings.Settings;
import dev.gatehouse.journal.JournalSettings;
import dev.gatehouse.journal.seal.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The journal as the configuration wants it, and what signs it. */
final class OwnJournal {

    /** What must stay free where the configuration does not say. */
    private static final long MIN_FREE_BYTES = 256L << 20;

    private OwnJournal() {}

    /** What signs it: the key of the configuration, or one that the gateway makes for itself. */
    static SigningKey signer(Settings.Journal journal) throws IOException {
        return journal.signWith().isPresent() ? journal.signWith().get() : ownKey(journal.dir());
    }

    private static SigningKey ownKey(Path dir) throws IOException {
        Files.createDirectories(dir);
        return SigningKey.ofSeed(OwnSecret.in(dir, "seal.key"));
    }

    /** @param recorders how many ways into it there are */
    static JournalSettings settings(Settings.Journal journal, SigningKey key, int recorders) {
        return new JournalSettings(
                journal.dir(),
                JournalSettings.Roll.valueOf(journal.roll().name()),
                journal.minFree().orElse(MIN_FREE_BYTES),
                JournalSettings.DEFAULT_SPOOL_BYTES,
                recorders,
                key,
                journal.checkpointEvery());
    }
}
