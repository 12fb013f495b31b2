package dev.gatehouse.gateway.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where things are when nobody says where: the configuration, a gateway's admin socket, its journal. */
public final class Places {

    private static final Path SYSTEM_CONFIG = Path.of("/etc/gatehouse/gatehouse.yaml");
    private static final Path SYSTEM_SOCKET = Path.of("/run/gatehouse/admin.sock");
    private static final String SOCKET = "admin.sock";
    private static final String POINTER = "config";

    private final Map<String, String> environment;
    private final Path here;

    /**
     * @param environment the environment's variables
     * @param here the working folder
     */
    public Places(Map<String, String> environment, Path here) {
        this.environment = Map.copyOf(environment);
        this.here = here;
    }

    /** The configuration to use, which must be there. */
    public Path config(Optional<Path> given) {
        return findConfig(given)
                .orElseThrow(() -> new Failure(
                        ExitCode.INVALID,
                        "no_config",
                        "there is no configuration: neither ./gatehouse.yaml nor " + SYSTEM_CONFIG,
                        "name one with -c FILE, or try `gatehouse demo`"));
    }

    /** The admin socket of the gateway that is meant. */
    public Path adminSocket(Optional<Path> given, Optional<Path> config) {
        Optional<Path> named = given.or(() -> variable("GATEHOUSE_ADDR"));
        if (named.isPresent()) {
            return named.get();
        }
        boolean isNamed = config.isPresent() || variable("GATEHOUSE_CONFIG").isPresent();
        Path usual = findConfig(config)
                .flatMap(file -> ConfigGlance.at(file).adminSocket())
                .orElse(SYSTEM_SOCKET);
        if (isNamed || Files.exists(usual)) {
            return usual;
        }
        return demoConfig().isPresent() ? demoSocket() : usual;
    }

    /** The journal that is meant. */
    public Path journal(Optional<Path> given, Optional<Path> config) {
        return given.or(() ->
                        findConfig(config).flatMap(file -> ConfigGlance.at(file).journal()))
                .or(() -> demoConfig().flatMap(file -> ConfigGlance.at(file).journal()))
                .orElseThrow(() -> new Failure(
                        ExitCode.NOT_FOUND,
                        "no_journal",
                        "there is no journal to read: no configuration names one, and no demo runs",
                        "name one with --dir DIR"));
    }

    /** Where a demo of this user leaves word, so that other commands find it; private to the user. */
    public Path demoFolder() {
        Path parent = Path.of(environment.getOrDefault("XDG_RUNTIME_DIR", "/tmp"));
        return parent.resolve("gatehouse-demo-" + ownUid());
    }

    /** The demo's admin socket. */
    public Path demoSocket() {
        return demoFolder().resolve(SOCKET);
    }

    /** The file in which a running demo says where its configuration is. */
    public Path demoPointer() {
        return demoFolder().resolve(POINTER);
    }

    private Optional<Path> findConfig(Optional<Path> given) {
        Optional<Path> named = given.or(() -> variable("GATEHOUSE_CONFIG"));
        if (named.isPresent()) {
            return named;
        }
        return List.of(here.resolve("gatehouse.yaml"), SYSTEM_CONFIG).stream()
                .filter(Files::exists)
                .findFirst();
    }

    /** A running demo's configuration; none when the folder is not ours alone, since then anybody may have put it there. */
    private Optional<Path> demoConfig() {
        try {
            Path folder = demoFolder();
            boolean isOurs = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && Files.getAttribute(folder, "unix:uid").equals(ownUid())
                    && !writableByOthers(Files.getPosixFilePermissions(folder));
            return isOurs && Files.isRegularFile(demoPointer())
                    ? Optional.of(Path.of(Files.readString(demoPointer()).strip()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean writableByOthers(Set<PosixFilePermission> permissions) {
        return permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE);
    }

    private Optional<Path> variable(String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isEmpty())
                .map(Path::of);
    }

    private static Object ownUid() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, "no_proc", "/proc is not mounted", "Gatehouse runs on Linux").because(e);
        }
    }
}
