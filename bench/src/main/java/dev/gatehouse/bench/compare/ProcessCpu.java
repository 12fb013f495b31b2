package dev.gatehouse.bench.compare;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * How much CPU a process has used, as the kernel counts it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
 */
final class ProcessCpu {

    /** The kernel tells user space in hundredths of a second, whatever it counts in itself. */
    private static final long MICROS_PER_TICK = 10_000;

    /** Fields behind the program's name, which may itself contain spaces. */
    private static final int USER_TIME = 11;

    private static final int SYSTEM_TIME = 12;

    private static final String JIT_THREAD = "^\\d+ \\(C[12] Compiler.*";

    private ProcessCpu() {}

    /** User and system time of all its threads so far, in microseconds. */
    static long micros(long pid) throws IOException {
        return parse(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
    }

    /** What of that the threads have used that compile Java, as far as they still live. */
    static long compilingMicros(long pid) throws IOException {
        long micros = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path thread : threads) {
                micros += compilingMicros(thread);
            }
        }
        return micros;
    }

    private static long compilingMicros(Path thread) throws IOException {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            return stat.strip().matches(JIT_THREAD) ? parse(stat) : 0;
        } catch (NoSuchFileException e) {
            return 0; // It has ended since the threads were listed.
        }
    }

    static long parse(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME])) * MICROS_PER_TICK;
    }
}
