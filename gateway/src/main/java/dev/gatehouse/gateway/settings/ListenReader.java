package dev.gatehouse.gateway.settings;

import dev.gatehouse.firewall.session.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads {@code listen}: where the gateway listens, and that it does not do so in clear where others could listen too. */
final class ListenReader {

    private static final String PEM = "-----BEGIN ";

    private final Path folder;

    ListenReader(Path folder) {
        this.folder = folder;
    }

    Settings.Listen read(Section section) {
        section.ignored("mysql", "web", "metrics");
        Optional<Value> written = section.section("postgres").flatMap(postgres -> {
            Optional<Value> addr = postgres.required("addr");
            postgres.close();
            return addr;
        });
        Optional<Settings.Address> postgres = written.flatMap(v -> v.as(ListenReader::address));
        Optional<Path> socket = section.text("admin_socket").map(folder::resolve);
        Optional<Section> tlsSection = section.section("tls");
        Settings.ClientMode mode = tlsSection
                .flatMap(tls -> tls.optional("client_mode"))
                .flatMap(v -> v.word("client_mode", Words.of(Settings.ClientMode.class)))
                .orElse(tlsSection.isPresent() ? Settings.ClientMode.REQUIRE : Settings.ClientMode.OFF);
        Optional<Settings.ListenTls> tls = tlsSection.flatMap(t -> tls(t, mode));
        if (mode == Settings.ClientMode.OFF
                && postgres.isPresent()
                && !postgres.get().isLoopback()) {
            written.ifPresent(v -> v.problem(
                    Code.CLEAR_TEXT,
                    "\"" + postgres.get() + "\" is reachable from other machines, and passwords would cross the network"
                            + " in clear; give \"listen.tls\" a certificate, or listen on 127.0.0.1"));
        }
        section.close();
        return new Settings.Listen(postgres, socket, tls);
    }

    /**
     * Reads {@code host:port}.
     *
     * @throws IllegalArgumentException if it is not that; the message says why
     */
    static Settings.Address address(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("an address is a host and a port, such as 127.0.0.1:6432");
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        if (port > 65535) {
            throw new IllegalArgumentException("a port is a number up to 65535");
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw new IllegalArgumentException("an IPv6 address stands in brackets, such as [::1]:6432");
        }
        if (host.isBlank()) {
            throw new IllegalArgumentException("the host is missing");
        }
        return new Settings.Address(host, port);
    }

    private Optional<Settings.ListenTls> tls(Section section, Settings.ClientMode mode) {
        if (mode == Settings.ClientMode.OFF) {
            section.optional("cert");
            section.optional("key");
            section.close();
            return Optional.empty();
        }
        Optional<Value> cert = section.required("cert");
        Optional<Value> key = section.required("key");
        section.close();
        Optional<String> certificates = cert.flatMap(v -> v.text().flatMap(text -> pem(v, text, false)));
        Optional<Secret> secret = key.flatMap(v -> v.secretUnless(text -> !text.contains(PEM))
                .flatMap(text -> pem(v, text.reveal(), true))
                .map(Secret::new));
        return certificates.isPresent() && secret.isPresent()
                ? Optional.of(new Settings.ListenTls(certificates.get(), secret.get(), mode))
                : Optional.empty();
    }

    /** What is in PEM itself, or in the file it names. */
    private Optional<String> pem(Value place, String text, boolean secret) {
        Optional<String> pem =
                text.contains(PEM) ? Optional.of(text) : file(place, folder.resolve(text.strip()), secret);
        if (pem.isPresent() && !pem.get().contains(PEM)) {
            place.problem(Code.BAD_VALUE, "\"" + place.path() + "\" leads to something that is not in PEM form");
            return Optional.empty();
        }
        return pem;
    }

    private static Optional<String> file(Value place, Path path, boolean secret) {
        try {
            Optional<String> mode = secret ? Variables.tooOpen(path) : Optional.empty();
            if (mode.isPresent()) {
                place.problem(
                        Code.SECRET_MODE, path + " may be read by others (mode " + mode.get() + "); chmod 600 it");
                return Optional.empty();
            }
            return Optional.of(Files.readString(path));
        } catch (NoSuchFileException e) {
            place.problem(Code.SECRET_FILE, "there is no file " + path);
        } catch (IOException e) {
            place.problem(Code.SECRET_FILE, path + " cannot be read: " + e);
        }
        return Optional.empty();
    }
}
