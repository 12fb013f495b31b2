package dev.gatehouse.journal;

import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.queue.impl.TableStore;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.impl.single.TableStoreWriteLock;
import net.openhft.chronicle.queue.impl.table.Metadata;
import net.openhft.chronicle.queue.impl.table.SingleTableBuilder;
import net.openhft.chronicle.threads.Pauser;

/**
 * Chronicle's locks in its own files, which outlive their holder. It breaks those of dead processes by their number; but
 * in a container every gateway has the same number, and after a failed append the holder is this very process.
 */
final class StaleLocks {

    private static final String TABLE = "metadata.cq4t";

    private StaleLocks() {}

    /**
     * Opens all locks of a queue.
     *
     * @param queue its directory; nobody else may have it open for writing, which {@link DirectoryLock} sees to
     */
    static void clear(Path queue) {
        Path table = queue.resolve(TABLE);
        if (!Files.exists(table)) {
            return;
        }
        SingleChronicleQueueBuilder.addAliases();
        try (TableStore<Metadata.NoMeta> store = SingleTableBuilder.<Metadata.NoMeta>binary(
                        table.toFile(), Metadata.NoMeta.INSTANCE)
                .readOnly(false)
                .build()) {
            clear(store, "chronicle.write.lock");
            clear(store, TableStoreWriteLock.APPEND_LOCK_KEY);
        }
    }

    private static void clear(TableStore<?> store, String key) {
        try (TableStoreWriteLock lock = new TableStoreWriteLock(store, Pauser::balanced, 0L, key)) {
            lock.forceUnlock();
        }
    }
}
