package dev.gatehouse.gateway.demo;

import dev.gatehouse.gateway.command.ExitCode;
import dev.gatehouse.gateway.command.Failure;
import dev.gatehouse.gateway.command.Places;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder in which this user's demo leaves word for other commands. One demo has it at a time; what a killed one left
 * there, its databases with it, is cleared away by the next.
 */
final class DemoFolder implements AutoCloseable {

    private final Places places;
    private final FileChannel lock;

    private DemoFolder(Places places, FileChannel lock) {
        this.places = places;
        this.lock = lock;
    }

    /**
     * Takes the folder for a demo.
     *
     * @throws Failure if another demo has it
     */
    static DemoFolder take(Places places) throws IOException {
        makePrivate(places.demoFolder());
        FileChannel lock = FileChannel.open(
                places.demoFolder().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock.tryLock() == null) {
                throw new OverlappingFileLockException();
            }
            clear(places);
            return new DemoFolder(places, lock);
        } catch (OverlappingFileLockException e) {
            lock.close();
            throw new Failure(
                            ExitCode.FAILED,
                            "running",
                            "a demo of yours runs already, in " + places.demoFolder(),
                            "stop it with Ctrl-C where it runs")
                    .because(e);
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    /** Where a demo lives that is put nowhere else. */
    static Path home(Places places) {
        return places.demoFolder().resolve("home");
    }

    /** Tells other commands which configuration the demo runs. */
    void point(Path config) throws IOException {
        Files.writeString(places.demoPointer(), config.toString());
    }

    @Override
    public void close() throws IOException {
        clear(places);
        Files.deleteIfExists(places.demoFolder().resolve("lock"));
        lock.close();
        Files.deleteIfExists(places.demoFolder());
    }

    private static void clear(Places places) throws IOException {
        if (Files.exists(places.demoPointer())) {
            Path elsewhere = Path.of(Files.readString(places.demoPointer())).resolveSibling("");
            stopIn(elsewhere.normalize());
        }
        stopIn(home(places));
        DemoHome.remove(home(places));
        Files.deleteIfExists(places.demoSocket());
        Files.deleteIfExists(places.demoPointer());
    }

    /** Stops the databases that a killed demo left running in its folder; nothing when there are none. */
    static void stopIn(Path home) throws IOException {
        MariaDbShop.stopIn(home);
        PostgresShop.stopIn(home);
    }

    private static void makePrivate(Path folder) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        if (!Files.getAttribute(folder, "unix:uid").equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
            throw new Failure(ExitCode.FAILED, "folder", folder + " belongs to somebody else", "set XDG_RUNTIME_DIR");
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
}
