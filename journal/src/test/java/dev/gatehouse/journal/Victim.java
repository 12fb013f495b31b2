package dev.gatehouse.journal;

import dev.gatehouse.firewall.audit.Recorder;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A gateway to be killed: two threads record numbered events and print each number once {@code record} has returned. */
final class Victim {

    static final int THREADS = 2;

    private Victim() {}

    /** Takes the journal's directory and the first number. */
    public static void main(String[] args) throws Exception {
        ChronicleJournal journal = ChronicleJournal.open(Journals.settings(Path.of(args[0])));
        long first = Long.parseLong(args[1]);
        Thread[] threads = new Thread[THREADS];
        for (int i = 0; i < THREADS; i++) {
            int session = i;
            Recorder recorder = journal.open("loop-" + i);
            threads[i] = new Thread(() -> record(recorder, session, first));
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void record(Recorder recorder, long session, long first) {
        try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
            for (long number = first; ; number++) {
                while (!recorder.hasRoom()) {
                    Thread.onSpinWait();
                }
                recorder.record(Events.numbered(session, number));
                out.write((session + " " + number + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
