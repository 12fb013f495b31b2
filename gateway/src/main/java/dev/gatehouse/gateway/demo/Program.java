package dev.gatehouse.gateway.demo;

import dev.gatehouse.gateway.demo.Client.Seen;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that is run to its end.
 *
 * @param name as it is typed: found on the path, or with its folder
 */
record Program(String name) {

    private static final long PATIENCE_SECONDS = 90;
    private static final File NOTHING = new File("/dev/null");

    /** Whether this machine has it. */
    boolean isInstalled() {
        try {
            Process probe = new ProcessBuilder(name, "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return probe.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && probe.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Runs it, and answers what a person at it reads. */
    Seen run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(name));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(NOTHING))
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Seen(process.waitFor() == 0, text.stripTrailing());
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Seen(false, "interrupted");
        }
    }
}
