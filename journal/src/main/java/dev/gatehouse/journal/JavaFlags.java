package dev.gatehouse.journal;

import java.util.List;

/** What Chronicle needs of the JVM, said plainly where Chronicle itself would speak of a read-only queue. */
final class JavaFlags {

    private static final List<String> EXPORTS = List.of("sun.nio.ch", "jdk.internal.ref");

    private JavaFlags() {}

    /** @throws JournalException if the JVM was started without them */
    static void check() {
        Module chronicle = net.openhft.chronicle.core.OS.class.getModule();
        for (String name : EXPORTS) {
            if (!Object.class.getModule().isExported(name, chronicle)) {
                throw new JournalException(
                        "journal: Java must be started with --add-exports=java.base/" + name + "=ALL-UNNAMED");
            }
        }
    }
}
