package dev.gatehouse.gateway;

import dev.gatehouse.console.Console;
import dev.gatehouse.console.ConsoleSettings;
import dev.gatehouse.console.House;
import dev.gatehouse.console.api.Status;
import dev.gatehouse.console.page.Destination;
import dev.gatehouse.firewall.approval.Approvals;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.firewall.policy.Policy;
import dev.gatehouse.firewall.session.Subject;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.statement.Dialect;
import dev.gatehouse.gateway.door.Residents;
import dev.gatehouse.gateway.net.ClientTls;
import dev.gatehouse.gateway.receipt.Receipt;
import dev.gatehouse.gateway.settings.Settings;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the console needs of a gateway, put together. */
final class WebConsole {

    /** HTTP/1.1, as TLS calls it. */
    private static final String ALPN = "http/1.1";

    private final Settings settings;
    private final Settings.Web web;
    private final Supplier<Policy> policy;

    /** Where clients connect, by dialect; empty where they cannot. */
    private final Optional<InetSocketAddress> postgres;

    private final Optional<InetSocketAddress> mysql;

    WebConsole(
            Settings settings,
            Settings.Web web,
            Supplier<Policy> policy,
            Optional<InetSocketAddress> postgres,
            Optional<InetSocketAddress> mysql) {
        this.settings = settings;
        this.web = web;
        this.policy = policy;
        this.postgres = postgres;
        this.mysql = mysql;
    }

    /**
     * Starts to serve it.
     *
     * @throws IOException if its address or certificate cannot be used
     */
    Console start(
            Approvals desk, Residents residents, Function<Ticket, Optional<Receipt>> receipts, Supplier<Status> status)
            throws IOException {
        Optional<SslContext> tls = tls();
        boolean clear = tls.isEmpty() || (allowsClear() && web.address().isLoopback());
        return Console.start(
                new ConsoleSettings(
                        settings.name(),
                        new InetSocketAddress(
                                web.address().host(), web.address().port()),
                        tls,
                        clear,
                        web.publicUrl(),
                        settings.identity().web().lifetime(),
                        settings.identity().web().idle()),
                new House(
                        desk,
                        residents,
                        subject -> policy.get().console(subject),
                        this::destinations,
                        ticket -> receipts.apply(ticket).map(Receipt::envelope),
                        status));
    }

    private boolean allowsClear() {
        return settings.listen()
                .tls()
                .filter(tls -> tls.mode() == Settings.ClientMode.ALLOW)
                .isPresent();
    }

    private Optional<SslContext> tls() throws IOException {
        Optional<Settings.ListenTls> tls = settings.listen().tls();
        if (tls.isEmpty() || tls.get().mode() == Settings.ClientMode.OFF) {
            return Optional.empty();
        }
        return ClientTls.of(tls.get().certificates(), tls.get().key().reveal(), Optional.empty(), ALPN, true)
                .context();
    }

    private List<Destination> destinations(Subject subject) {
        return settings.upstreams().stream()
                .flatMap(upstream -> destination(subject, upstream).stream())
                .toList();
    }

    private Optional<Destination> destination(Subject subject, Upstream upstream) {
        Optional<InetSocketAddress> at = upstream.dialect() == Dialect.POSTGRESQL ? postgres : mysql;
        Optional<String> login = policy.get().login(subject, upstream, Optional.empty());
        return at.isEmpty() || login.isEmpty()
                ? Optional.empty()
                : Optional.of(new Destination(
                        upstream.name(),
                        upstream.dialect(),
                        host(at.get()),
                        at.get().getPort(),
                        login.get(),
                        settings.listen().tls().isPresent()));
    }

    /** The gateway's host as people reach it: what the configuration says of the console, else where it listens. */
    private String host(InetSocketAddress at) {
        return web.publicUrl()
                .map(url -> url.getHost() == null ? url.getRawAuthority() : url.getHost())
                .orElse(
                        at.getAddress().isAnyLocalAddress()
                                ? settings.name()
                                : at.getAddress().getHostAddress());
    }
}
