package dev.gatehouse.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tried on a program every Linux has. */
final class ProgramFileTest {

    private static final Path ECHO = Path.of("/bin/echo");

    private static byte[] copy(byte[] program) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ProgramFile.copyWhatRuns(new ByteArrayInputStream(program), out);
        return out.toByteArray();
    }

    @Test
    void theCopyIsShorterAndRuns(@TempDir Path folder) throws Exception {
        byte[] whole = Files.readAllBytes(ECHO);
        byte[] withMore = Arrays.copyOf(whole, whole.length + 100_000);

        byte[] copy = copy(withMore);

        assertThat(copy.length).isLessThan(whole.length);
        Path program = Files.createFile(
                folder.resolve("echo"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.write(program, copy);
        Process run = new ProcessBuilder(program.toString(), "it", "runs").start();
        try (InputStream said = run.getInputStream()) {
            assertThat(new String(said.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("it runs\n");
        }
        assertThat(run.waitFor()).isZero();
    }

    @Test
    void whatIsNoProgramIsCopiedWhole() throws IOException {
        for (String text : new String[] {"", "#!/bin/sh\n", "x".repeat(1000), "\u007fELF but then nothing of it"}) {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            assertThat(copy(bytes)).isEqualTo(bytes);
        }
    }

    @Test
    void aProgramThatEndsEarlyIsNotTakenForAWholeOne() throws IOException {
        byte[] whole = Files.readAllBytes(ECHO);

        assertThatThrownBy(() -> copy(Arrays.copyOf(whole, 5000))).hasMessageContaining("bytes early");
    }
}
