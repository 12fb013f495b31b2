package dev.gatehouse.journal;

import java.nio.file.Path;

/** What stands where in a journal's directory. */
final class JournalFiles {

    private JournalFiles() {}

    static Path spools(Path dir) {
        return dir.resolve("spool");
    }

    static Path queue(Path dir) {
        return dir.resolve("queue");
    }

    /** The checkpoints, a line of JSON each. */
    static Path checkpoints(Path dir) {
        return dir.resolve("checkpoints.jsonl");
    }

    static Path lock(Path dir) {
        return dir.resolve("lock");
    }
}
