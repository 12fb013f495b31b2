package dev.gatehouse.gateway;

import dev.gatehouse.analyzer.CalciteAnalyzer;
import dev.gatehouse.analyzer.Origins;
import dev.gatehouse.analyzer.catalog.Catalogs;
import dev.gatehouse.approvals.ApprovalDesk;
import dev.gatehouse.console.Console;
import dev.gatehouse.console.api.Status;
import dev.gatehouse.firewall.approval.Approvals;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.firewall.audit.Recorder;
import dev.gatehouse.firewall.policy.Policy;
import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.statement.Dialect;
import dev.gatehouse.firewall.wire.WireProtocol;
import dev.gatehouse.gateway.admin.AdminServer;
import dev.gatehouse.gateway.command.Version;
import dev.gatehouse.gateway.door.Doors;
import dev.gatehouse.gateway.door.Headcount;
import dev.gatehouse.gateway.door.Residents;
import dev.gatehouse.gateway.door.Strangers;
import dev.gatehouse.gateway.gate.OrderlyGate;
import dev.gatehouse.gateway.net.ClientTls;
import dev.gatehouse.gateway.net.Listener;
import dev.gatehouse.gateway.net.LiveSessions;
import dev.gatehouse.gateway.net.Newcomers;
import dev.gatehouse.gateway.notify.Courier;
import dev.gatehouse.gateway.receipt.Receipt;
import dev.gatehouse.gateway.receipt.Receipts;
import dev.gatehouse.gateway.secret.OwnSecret;
import dev.gatehouse.gateway.settings.Configuration;
import dev.gatehouse.gateway.settings.Settings;
import dev.gatehouse.identity.Tokens;
import dev.gatehouse.journal.ChronicleJournal;
import dev.gatehouse.journal.seal.SigningKey;
import dev.gatehouse.masking.Misfits;
import dev.gatehouse.masking.RuleMasking;
import dev.gatehouse.wire.mysql.MySqlProtocol;
import dev.gatehouse.wire.postgres.PgProtocol;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running gateway: everything wired together, from the sockets to the journal. */
public final class Gateway implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    /** Recorders besides those of the event loops: the desk's. */
    private static final int OTHER_RECORDERS = 1;

    /** How long the desk may finish what it is at. */
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private static final int DESK_THREADS = 4;
    private static final int DESK_QUEUE = 1000;

    /** How often the desk looks what another gateway has made of the requests that somebody waits for here. */
    private static final int LOOK_MILLIS = 200;

    private static final int BACKGROUND_THREADS = 4;
    private static final int BACKGROUND_QUEUE = 10_000;

    /** Where the secret is kept that noise is drawn from. */
    private static final String NOISE = "noise.key";

    private static final InstantSource CLOCK = InstantSource.system();
    private static final int LOOPS = Runtime.getRuntime().availableProcessors();

    private final Settings settings;
    private final SigningKey signer;
    private final ChronicleJournal journal;
    private final ApprovalDesk desk;
    private final List<String> listeners = new ArrayList<>();
    /** What was opened, the last one first. */
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private Optional<Listener> listener = Optional.empty();
    private Optional<InetSocketAddress> postgres = Optional.empty();
    private Optional<InetSocketAddress> mysql = Optional.empty();
    private Optional<InetSocketAddress> web = Optional.empty();

    private Gateway(Settings settings) throws IOException {
        this.settings = settings;
        this.signer = OwnJournal.signer(settings.journal());
        this.journal =
                keep(ChronicleJournal.open(OwnJournal.settings(settings.journal(), signer, LOOPS + OTHER_RECORDERS)));
        try {
            Recorder recorder = journal.open("desk");
            this.desk = keep(ApprovalDesk.open(settings.state(), recorder, settings.name(), deskThreads()));
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Threads for what statements ask of the desk, which may wait for its store. */
    private ThreadPoolExecutor deskThreads() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                DESK_THREADS,
                DESK_THREADS,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(DESK_QUEUE),
                task -> daemon(task, "desk"));
        pool.allowCoreThreadTimeOut(true);
        open.push(() -> end(pool));
        return pool;
    }

    /**
     * Starts a gateway.
     *
     * @throws IOException if an address or a certificate cannot be used; nothing is left open then
     */
    public static Gateway start(Configuration configuration) throws IOException {
        Gateway gateway = new Gateway(configuration.settings());
        try {
            gateway.begin(
                    configuration.policy(), new MaskFit(configuration.policy().book())::log);
            return gateway;
        } catch (IOException | RuntimeException e) {
            gateway.close();
            throw e;
        }
    }

    private void begin(Policy policy, Catalogs.Watcher watcher) throws IOException {
        expireRequests();
        ThreadPoolExecutor background = background();
        Catalogs catalogs = keep(new Catalogs(name -> settings.upstream(name).orElseThrow(), watcher));
        CalciteAnalyzer analyzer = keep(new CalciteAnalyzer(catalogs));
        Settings.Limits limits = settings.listen().limits();
        Newcomers newcomers =
                new Newcomers(limits.unauthenticated(), limits.unauthenticatedPerAddress(), System::nanoTime);
        LiveSessions live = new LiveSessions(CLOCK);
        Listener listener =
                keep(new Listener(LOOPS, name -> desk.listening(journal.open(name)), background, newcomers, live));
        this.listener = Optional.of(listener);
        Origins origins = new Origins(catalogs);
        OrderlyGate gate = new OrderlyGate(
                () -> policy,
                desk,
                desk.grants(),
                CLOCK,
                analyzer,
                origins,
                settings.name() + ", gatehouse " + Version.text());
        RuleMasking masking = new RuleMasking(
                () -> policy,
                new Secret(
                        HexFormat.of().formatHex(OwnSecret.in(settings.journal().dir(), NOISE))),
                CLOCK,
                settings.maskedNotice(),
                new Misfits((mask, column) -> LOG.warn(
                        "Mask {} knows nothing of the type of {}: the column is shown as NULL", mask, column)));
        Strangers strangers = Strangers.rememberedIn(settings.journal().dir());
        Headcount headcount = new Headcount(settings.identity().maxPerUser());
        Tokens tokens = new Tokens(settings.identity().providers(), CLOCK, System::nanoTime, background);
        if (settings.listen().postgres().isPresent()) {
            List<Upstream> servers = servers(Dialect.POSTGRESQL);
            PgProtocol protocol = new PgProtocol(
                    doors(servers, policy, strangers, headcount, tokens),
                    gate,
                    analyzer,
                    masking,
                    origins,
                    limits.loginTimeout());
            postgres = Optional.of(listen(
                    listener, "postgres", settings.listen().postgres().get(), protocol, clientTls(PgProtocol.ALPN)));
        }
        if (settings.listen().mysql().isPresent()) {
            List<Upstream> servers = servers(Dialect.MYSQL);
            if (servers.isEmpty()) {
                throw new IOException("listen.mysql: there is no upstream with protocol: mysql to let clients in to");
            }
            MySqlProtocol protocol = new MySqlProtocol(
                    doors(servers, policy, strangers, headcount, tokens),
                    gate,
                    analyzer,
                    masking,
                    origins,
                    servers,
                    limits.loginTimeout());
            mysql = Optional.of(listen(
                    listener, "mysql", settings.listen().mysql().get(), protocol, clientTls(MySqlProtocol.ALPN)));
        }
        Instant started = CLOCK.instant();
        Supplier<Status> status = () -> new Status(
                settings.name(),
                Version.text(),
                policy.version(),
                started,
                List.copyOf(listeners),
                settings.journal().dir(),
                listener.sessions(),
                newcomers.waiting(),
                newcomers.turnedAway());
        Function<Ticket, Optional<Receipt>> receipts =
                new Receipts(settings.name(), settings.journal().dir(), signer, desk::policy, CLOCK)::of;
        if (settings.listen().web().isPresent()) {
            Console console =
                    keep(new WebConsole(settings, settings.listen().web().get(), () -> policy, postgres, mysql)
                            .start(desk, new Residents(settings.identity(), strangers), receipts, status));
            web = Optional.of(console.address());
            listeners.add("web " + console.address().getAddress().getHostAddress() + ":"
                    + console.address().getPort());
        }
        for (Settings.Webhook hook : settings.webhooks()) {
            keep(Courier.start(
                    hook,
                    desk.notices(),
                    settings.listen().web().flatMap(Settings.Web::publicUrl),
                    settings.name(),
                    CLOCK));
        }
        if (settings.listen().adminSocket().isPresent()) {
            keep(AdminServer.start(
                    settings.listen().adminSocket().get(),
                    desk,
                    name -> settings.identity().localUser(name).map(Settings.LocalUser::subject),
                    policy::console,
                    receipts,
                    status));
        }
    }

    /** The servers of a dialect, the default one first. */
    private List<Upstream> servers(Dialect dialect) {
        return settings.upstreams().stream()
                .filter(upstream -> upstream.dialect() == dialect)
                .sorted(Comparator.comparing(
                        upstream -> !settings.defaultUpstream().equals(Optional.of(upstream.name()))))
                .toList();
    }

    private Doors doors(
            List<Upstream> servers, Policy policy, Strangers strangers, Headcount headcount, Tokens tokens) {
        return new Doors(
                settings.identity(), servers, settings.defaultUpstream(), () -> policy, strangers, headcount, tokens);
    }

    private InetSocketAddress listen(
            Listener listener, String name, Settings.Address address, WireProtocol protocol, ClientTls tls)
            throws IOException {
        InetSocketAddress bound = listener.listen(new InetSocketAddress(address.host(), address.port()), protocol, tls);
        listeners.add(name + " " + bound.getAddress().getHostAddress() + ":" + bound.getPort());
        return bound;
    }

    private <T extends AutoCloseable> T keep(T part) {
        open.push(part);
        return part;
    }

    private void expireRequests() {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "timer"));
        open.push(() -> end(timer));
        Future<?> looks = timer.scheduleWithFixedDelay(
                () -> unlessDown(desk::tick), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        Future<?> ends = timer.scheduleWithFixedDelay(() -> unlessDown(desk::expireDue), 1, 1, TimeUnit.SECONDS);
        Future<?> forgets = timer.scheduleWithFixedDelay(() -> unlessDown(desk::forget), 1, 60, TimeUnit.MINUTES);
        LOG.debug("the desk keeps time: {}, {}, {}", looks, ends, forgets);
    }

    /** The store tells by itself in the log when it is down; the next time it may be up. */
    private static void unlessDown(Runnable task) {
        try {
            task.run();
        } catch (Approvals.Unavailable e) {
            LOG.debug("the desk could not look after its requests", e);
        } catch (RuntimeException e) {
            LOG.error("the desk failed at looking after its requests", e);
        }
    }

    /** Lets threads finish what they are at: one that is interrupted in the store would leave it closed. */
    private static void end(ExecutorService threads) throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("threads of the desk are still at something");
        }
    }

    private ThreadPoolExecutor background() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                BACKGROUND_THREADS,
                BACKGROUND_THREADS,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(BACKGROUND_QUEUE),
                task -> daemon(task, "background"));
        pool.allowCoreThreadTimeOut(true);
        open.push(pool::shutdownNow);
        return pool;
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private ClientTls clientTls(String protocol) throws IOException {
        Optional<Settings.ListenTls> tls = settings.listen().tls();
        if (tls.isEmpty() || tls.get().mode() == Settings.ClientMode.OFF) {
            return ClientTls.none();
        }
        return ClientTls.of(
                tls.get().certificates(),
                tls.get().key().reveal(),
                tls.get().clientCa(),
                protocol,
                tls.get().mode() == Settings.ClientMode.REQUIRE);
    }

    /** Where PostgreSQL clients connect; empty when the configuration has no such listener. */
    public Optional<InetSocketAddress> postgres() {
        return postgres;
    }

    /** Where MySQL clients connect; empty when the configuration has no such listener. */
    public Optional<InetSocketAddress> mysql() {
        return mysql;
    }

    /** Where the console is served; empty when the configuration has no such listener. */
    public Optional<InetSocketAddress> web() {
        return web;
    }

    /** How many clients are connected. */
    public int sessions() {
        return listener.map(Listener::sessions).orElse(0);
    }

    /** Where it listens, in words. */
    public List<String> listeners() {
        return List.copyOf(listeners);
    }

    /** The desk where people decide about statements that wait. */
    public Approvals approvals() {
        return desk;
    }

    /**
     * Refuses new clients from now on and lets sessions end: those that are at nothing now, others as soon as they have done
     * what they are at. Waits for that; people may decide about nothing any more, as what is held is withdrawn.
     *
     * @param patience after which every session is ended
     */
    public void drain(Duration patience) {
        listener.ifPresent(listening -> {
            LOG.info(
                    "draining: no new clients, {} session(s) to end within {} s",
                    listening.sessions(),
                    patience.toSeconds());
            listening.drain(patience);
            if (!desk.finish(FAREWELL)) {
                LOG.warn("not all requests of clients that left could be taken back");
            }
        });
    }

    /** Ends all sessions, then closes the journal. */
    @Override
    public void close() {
        while (!open.isEmpty()) {
            AutoCloseable part = open.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("{} did not close well", part.getClass().getSimpleName(), e);
            }
        }
    }
}
