package dev.gatehouse.gateway.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The operating system's names for its users. Each is looked up once. */
final class LocalAccounts {

    private static final int NAME = 0;
    private static final int UID = 2;
    private static final long PATIENCE_SECONDS = 3;

    private final Path passwd;
    private final Map<Integer, Optional<String>> known = new ConcurrentHashMap<>();

    LocalAccounts(Path passwd) {
        this.passwd = passwd;
    }

    /** This process's own user. */
    static int ownUid() {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException e) {
            throw new IllegalStateException("/proc/self does not tell this process's user", e);
        }
    }

    /** The name of a user; empty when the system has none for it. */
    Optional<String> name(int uid) {
        return known.computeIfAbsent(uid, this::lookUp);
    }

    private Optional<String> lookUp(int uid) {
        try (var lines = Files.lines(passwd, StandardCharsets.UTF_8)) {
            Optional<String> name = lines.map(line -> line.split(":", -1))
                    .filter(fields -> fields.length > UID && fields[UID].equals(Integer.toString(uid)))
                    .map(fields -> fields[NAME])
                    .findFirst();
            return name.isPresent() ? name : askSystem(uid);
        } catch (IOException e) {
            return askSystem(uid);
        }
    }

    /** Users of a directory service are not in the file; {@code id} finds them too. */
    private static Optional<String> askSystem(int uid) {
        try {
            Process id = new ProcessBuilder("id", "-nu", Integer.toString(uid))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!id.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                id.destroyForcibly();
                return Optional.empty();
            }
            String name = new String(id.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return id.exitValue() == 0 && !name.isEmpty() ? Optional.of(name) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
