package dev.gatehouse.gateway.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.gateway.command.ExitCode;
import dev.gatehouse.gateway.command.Failure;
import dev.gatehouse.identity.Grant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where the tokens of whoever signed in are kept: a file that nobody else may read. */
final class LoginFile {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<PosixFilePermission> OURS = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OUR_FOLDER = PosixFilePermissions.fromString("rwx------");

    private final Path file;

    /**
     * What is kept.
     *
     * @param provider the provider's name in the configuration; its issuer where there is none
     * @param config the configuration that names it; empty where the command line did
     * @param ca who issues the provider's certificate
     * @param secret the file that holds the client's secret
     */
    record Kept(
            String provider,
            Optional<Path> config,
            String issuer,
            String clientId,
            String userClaim,
            Optional<Path> ca,
            Optional<Path> secret,
            Grant grant) {

        Kept with(Grant newer) {
            return new Kept(provider, config, issuer, clientId, userClaim, ca, secret, newer.orElse(grant));
        }
    }

    /** @param environment says which folder is the user's */
    LoginFile(Map<String, String> environment) {
        String base = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path folder = base.isEmpty() ? Path.of(environment.getOrDefault("HOME", "."), ".config") : Path.of(base);
        this.file = folder.resolve("gatehouse").resolve("login.json");
    }

    Path path() {
        return file;
    }

    /** What is kept; where nothing is, the person has to sign in. */
    Kept read() {
        try {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
            if (!OURS.containsAll(mode)) {
                throw new Failure(
                        ExitCode.NOT_PERMITTED,
                        "login_file",
                        file + " may be read by others (" + PosixFilePermissions.toString(mode) + ")",
                        "gatehouse logout, then sign in again: who has read it has your tokens");
            }
            JsonNode kept = JSON.readTree(file.toFile());
            return new Kept(
                    kept.path("provider").asText(),
                    path(kept, "config"),
                    kept.path("issuer").asText(),
                    kept.path("clientId").asText(),
                    kept.path("userClaim").asText(),
                    path(kept, "ca"),
                    path(kept, "secretFile"),
                    new Grant(text(kept, "accessToken"), text(kept, "idToken"), text(kept, "refreshToken")));
        } catch (NoSuchFileException e) {
            throw notSignedIn("nobody has signed in").because(e);
        } catch (IOException e) {
            throw notSignedIn(file + " cannot be read: " + e.getClass().getSimpleName())
                    .because(e);
        }
    }

    static Failure notSignedIn(String why) {
        return new Failure(ExitCode.NOT_PERMITTED, "not_signed_in", why, "gatehouse login");
    }

    private static Optional<String> text(JsonNode kept, String name) {
        return Optional.of(kept.path(name).asText()).filter(text -> !text.isEmpty());
    }

    private static Optional<Path> path(JsonNode kept, String name) {
        return text(kept, name).map(Path::of);
    }

    /** Puts it in the place of what is kept, whole or not at all. */
    void write(Kept kept) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("apiVersion", "gatehouse/v1")
                .put("kind", "Login")
                .put("provider", kept.provider())
                .put("issuer", kept.issuer())
                .put("clientId", kept.clientId())
                .put("userClaim", kept.userClaim());
        kept.config().ifPresent(path -> document.put("config", path.toString()));
        kept.ca().ifPresent(path -> document.put("ca", path.toString()));
        kept.secret().ifPresent(path -> document.put("secretFile", path.toString()));
        kept.grant().accessToken().ifPresent(token -> document.put("accessToken", token));
        kept.grant().idToken().ifPresent(token -> document.put("idToken", token));
        kept.grant().refreshToken().ifPresent(token -> document.put("refreshToken", token));
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder == null) {
                throw new IOException("there is no folder for it");
            }
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OUR_FOLDER));
            Path next = Files.createTempFile(folder, "login", ".json", PosixFilePermissions.asFileAttribute(OURS));
            Files.writeString(next, document.toPrettyString());
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, "login_file", file + " cannot be written: " + e, "").because(e);
        }
    }

    /** Forgets it; answers whether there was anything. */
    boolean forget() {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, "login_file", file + " cannot be removed: " + e, "").because(e);
        }
    }
}
