package dev.gatehouse.journal;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The watermark below which new statements are stopped, well before the disk is full and Chronicle loses records. */
final class FreeSpace {

    private final Path dir;
    private final long minFreeBytes;
    private final LongSupplier usableBytes;

    FreeSpace(Path dir, long minFreeBytes, LongSupplier usableBytes) {
        this.dir = dir;
        this.minFreeBytes = minFreeBytes;
        this.usableBytes = usableBytes;
    }

    /** Says that there is too little; empty when there is enough. */
    Optional<String> shortage() {
        long free = usableBytes.getAsLong();
        return free >= minFreeBytes
                ? Optional.empty()
                : Optional.of("journal: only " + size(free) + " free of the " + size(minFreeBytes)
                        + " that must stay free at " + dir);
    }

    private static String size(long bytes) {
        if (bytes < 1L << 10) {
            return bytes + " bytes";
        }
        int step = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
        double value = bytes / (double) (1L << (10 * step));
        String digits = value >= 10 || value == Math.rint(value) ? "%.0f" : "%.1f";
        return String.format(Locale.ROOT, digits + " %ciB", value, "KMGTPE".charAt(step - 1));
    }
}
