package dev.gatehouse.gateway.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A folder with a configuration in it that a test may spoil. */
final class Fixture {

    /** A verifier of the password "secret", with a salt of sixteen zero bytes. */
    static final String HASH = "SCRAM-SHA-256$4096:AAAAAAAAAAAAAAAAAAAAAA==$"
            + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();

    private Fixture(Path folder) {
        this.folder = folder;
    }

    /** The small configuration of the resources, all right as it stands. */
    static Fixture shop(Path folder) {
        Fixture fixture = copy("shop", folder);
        fixture.environment.putAll(Map.of("SHOP_RO", "ro-secret", "TOK", "a key of many letters", "HASH", HASH));
        fixture.secret("archive.secret", "archived\n");
        return fixture;
    }

    /** The configuration that uses all of the format. */
    static Fixture full(Path folder) {
        Fixture fixture = copy("full", folder);
        for (String file : List.of("gatehouse.yaml", "policy.d/prod.yaml")) {
            fixture.edit(file, text -> text.replace("/etc/gatehouse/", "").replace("/run/secrets/", ""));
        }
        for (String name : List.of("tls.key", "tls/tls.crt", "ca/pg.pem", "ca/mysql.pem")) {
            fixture.secret(name, "-----BEGIN TEST-----\nAAAA\n-----END TEST-----\n");
        }
        for (String name : List.of("orders-ro", "orders-rw", "orders-ddl", "oidc-secret", "tok-2026", "fpe-2026")) {
            fixture.secret(name, "a secret of " + name);
        }
        fixture.secret("grc-hook", "a secret of grc-hook, and long enough");
        fixture.secret("journal-ed25519", "ab".repeat(32) + "\n");
        for (String name : List.of("breakglass-hash", "etl-hash", "agent-hash")) {
            fixture.secret(name, HASH + "\n");
        }
        fixture.environment.putAll(
                Map.of("CREDENTIALS_DIRECTORY", ".", "BILLING_RO_PASSWORD", "b-ro", "BILLING_RW_PASSWORD", "b-rw"));
        return fixture;
    }

    private static Fixture copy(String name, Path folder) {
        try {
            Path resources = Path.of(Fixture.class.getResource(name).toURI());
            try (Stream<Path> files = Files.walk(resources)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path to = folder.resolve(resources.relativize(file).toString());
                    Files.createDirectories(to.getParent());
                    Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
                }
            }
            return new Fixture(folder);
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    interface Edit {
        String of(String text);
    }

    Fixture edit(String file, Edit edit) {
        try {
            Path path = folder.resolve(file);
            Files.writeString(path, edit.of(Files.readString(path)));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces the first of a text that must be there. */
    Fixture replaceFirst(String file, String old, String fresh) {
        return edit(file, text -> {
            int at = text.indexOf(old);
            if (at < 0) {
                throw new IllegalArgumentException("the fixture has no: " + old);
            }
            return text.substring(0, at) + fresh + text.substring(at + old.length());
        });
    }

    /** Replaces a text that must be there. */
    Fixture replace(String file, String old, String fresh) {
        return edit(file, text -> {
            if (!text.contains(old)) {
                throw new IllegalArgumentException("the fixture has no: " + old);
            }
            return text.replace(old, fresh);
        });
    }

    String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Fixture write(String file, String text) {
        try {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file only its owner may read. */
    Fixture secret(String file, String text) {
        return write(file, text).mode(file, "rw-------");
    }

    Fixture mode(String file, String letters) {
        try {
            Files.setPosixFilePermissions(folder.resolve(file), PosixFilePermissions.fromString(letters));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Fixture delete(String file) {
        try {
            Files.delete(folder.resolve(file));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Fixture variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Fixture without(String name) {
        environment.remove(name);
        return this;
    }

    Loaded load() {
        return Loaded.load(folder.resolve("gatehouse.yaml"), false, environment);
    }

    Loaded loadStrictly() {
        return Loaded.load(folder.resolve("gatehouse.yaml"), true, environment);
    }
}
