package dev.gatehouse.gateway.settings;

import dev.gatehouse.firewall.session.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code listen}: where the gateway listens, and that it does not do so in clear where others could listen too. */
final class ListenReader {

    private static final int MOST_CLIENTS = 1_000_000;
    private static final int MOST_SECONDS = 24 * 60 * 60;

    private final Path folder;

    ListenReader(Path folder) {
        this.folder = folder;
    }

    Settings.Listen read(Section section) {
        section.ignored("metrics");
        Optional<Value> postgres = address(section, "postgres");
        Optional<Value> mysql = address(section, "mysql");
        Optional<Section> webSection = section.section("web");
        Optional<Value> web = webSection.flatMap(s -> s.required("addr"));
        Optional<URI> publicUrl =
                webSection.flatMap(s -> s.optional("public_url")).flatMap(v -> v.as(ListenReader::publicUrl));
        webSection.ifPresent(Section::close);
        Optional<Path> socket = section.text("admin_socket").map(folder::resolve);
        Optional<Section> tlsSection = section.section("tls");
        Settings.ClientMode mode = tlsSection
                .flatMap(tls -> tls.optional("client_mode"))
                .flatMap(v -> v.word("client_mode", Words.of(Settings.ClientMode.class)))
                .orElse(tlsSection.isPresent() ? Settings.ClientMode.REQUIRE : Settings.ClientMode.OFF);
        Optional<Settings.ListenTls> tls = tlsSection.flatMap(t -> tls(t, mode));
        if (mode == Settings.ClientMode.OFF) {
            postgres.ifPresent(ListenReader::loopback);
            mysql.ifPresent(ListenReader::loopback);
            web.ifPresent(ListenReader::loopback);
        }
        Settings.Limits limits =
                section.section("limits").map(ListenReader::limits).orElse(Settings.Limits.STANDARD);
        section.close();
        return new Settings.Listen(
                postgres.flatMap(v -> v.as(ListenReader::address)),
                mysql.flatMap(v -> v.as(ListenReader::address)),
                web.flatMap(v -> v.as(ListenReader::address)).map(at -> new Settings.Web(at, publicUrl)),
                socket,
                tls,
                limits);
    }

    private static Optional<Value> address(Section section, String protocol) {
        return section.section(protocol).flatMap(listener -> {
            Optional<Value> addr = listener.required("addr");
            listener.close();
            return addr;
        });
    }

    private static void loopback(Value written) {
        Optional<Settings.Address> address = written.text().flatMap(ListenReader::readable);
        if (address.isPresent() && !address.get().isLoopback()) {
            written.problem(
                    Code.CLEAR_TEXT,
                    "\"" + address.get() + "\" is reachable from other machines, and passwords would cross the network"
                            + " in clear; give \"listen.tls\" a certificate, or listen on 127.0.0.1");
        }
    }

    private static Optional<Settings.Address> readable(String text) {
        try {
            return Optional.of(address(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // It is told where it is read.
        }
    }

    private static Settings.Limits limits(Section section) {
        Settings.Limits standard = Settings.Limits.STANDARD;
        Optional<Value> written = section.optional("login_timeout");
        Duration timeout = written.flatMap(Value::duration).orElse(standard.loginTimeout());
        if (timeout.isZero() || timeout.toSeconds() > MOST_SECONDS) {
            written.ifPresent(v -> v.problem(Code.BAD_VALUE, "\"" + v.path() + "\" is a time of up to a day"));
        }
        int most = count(section, "unauthenticated", standard.unauthenticated());
        int mostOfOne =
                count(section, "unauthenticated_per_address", Math.min(most, standard.unauthenticatedPerAddress()));
        section.close();
        return new Settings.Limits(timeout, most, mostOfOne);
    }

    private static int count(Section section, String key, int standard) {
        return section.optional(key).flatMap(v -> v.integer(1, MOST_CLIENTS)).orElse(standard);
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

    /**
     * Reads how browsers reach the console.
     *
     * @throws IllegalArgumentException if it is no such address; the message says why
     */
    private static URI publicUrl(String text) {
        URI url = URI.create(text);
        boolean isRoot = url.getRawPath() == null
                || url.getRawPath().isEmpty()
                || url.getRawPath().equals("/");
        if (!("https".equals(url.getScheme()) || "http".equals(url.getScheme()))
                || url.getRawAuthority() == null
                || !isRoot
                || url.getRawQuery() != null
                || !url.getRawAuthority().equals(url.getRawAuthority().toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "it is http or https and a host in lower case, without a path, such as https://fw.acme.test");
        }
        return url;
    }

    private Optional<Settings.ListenTls> tls(Section section, Settings.ClientMode mode) {
        if (mode == Settings.ClientMode.OFF) {
            section.optional("cert");
            section.optional("key");
            section.optional("client_ca");
            section.close();
            return Optional.empty();
        }
        Optional<Value> cert = section.required("cert");
        Optional<Value> key = section.required("key");
        Optional<Value> clientCa = section.optional("client_ca");
        section.close();
        PemReader pem = new PemReader(folder);
        Optional<String> certificates = cert.flatMap(pem::certificates);
        Optional<Secret> secret = key.flatMap(pem::key);
        Optional<String> issuers = clientCa.flatMap(pem::certificates);
        return certificates.isPresent() && secret.isPresent()
                ? Optional.of(new Settings.ListenTls(certificates.get(), secret.get(), mode, issuers))
                : Optional.empty();
    }
}
