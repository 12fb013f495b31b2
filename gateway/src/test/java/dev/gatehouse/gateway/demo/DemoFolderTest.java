package dev.gatehouse.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.gateway.command.Failure;
import dev.gatehouse.gateway.command.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One demo at a time, and nothing left of one that was killed. */
final class DemoFolderTest {

    @TempDir
    private Path runtime;

    private Places places() {
        return new Places(Map.of("XDG_RUNTIME_DIR", runtime.toString()), runtime);
    }

    @Test
    void aSecondDemoIsRefusedUntilTheFirstHasEnded() throws IOException {
        DemoFolder first = DemoFolder.take(places());
        assertThatThrownBy(() -> DemoFolder.take(places()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("runs already");
        first.close();
        assertThat(places().demoFolder()).doesNotExist();
        DemoFolder.take(places()).close();
    }

    @Test
    void whatAKilledDemoLeftIsClearedAwayItsDatabasesWithIt() throws Exception {
        Files.createDirectories(places().demoFolder());
        DemoHome home = DemoHome.make(DemoFolder.home(places()));
        PostgresShop.start(home);
        MySqlSide mysql = MySqlSide.start(home);
        Files.writeString(places().demoPointer(), home.config().toString());
        Files.createFile(places().demoSocket());
        long server = Long.parseLong(Files.readAllLines(home.folder().resolve("postgres/postmaster.pid"))
                .get(0));
        List<ProcessHandle> processes =
                new ArrayList<>(List.of(ProcessHandle.of(server).orElseThrow()));
        if (mysql instanceof MySqlSide.Running) {
            long other = Long.parseLong(
                    Files.readString(home.folder().resolve("mariadb/pid")).strip());
            processes.add(ProcessHandle.of(other).orElseThrow());
        }

        try (DemoFolder next = DemoFolder.take(places())) {
            for (ProcessHandle process : processes) {
                process.onExit().get(30, TimeUnit.SECONDS);
            }
            assertThat(home.folder()).doesNotExist();
            assertThat(places().demoSocket()).doesNotExist();
            assertThat(next).isNotNull();
        } finally {
            processes.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
