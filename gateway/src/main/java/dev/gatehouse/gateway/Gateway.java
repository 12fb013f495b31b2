package dev.gatehouse.gateway;

import dev.gatehouse.analyzer.CalciteAnalyzer;
import dev.gatehouse.analyzer.Origins;
import dev.gatehouse.analyzer.catalog.Catalogs;
import dev.gatehouse.firewall.approval.Approvals;
import dev.gatehouse.firewall.policy.Policy;
import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.statement.Dialect;
import dev.gatehouse.firewall.wire.WireProtocol;
import dev.gatehouse.gateway.admin.AdminServer;
import dev.gatehouse.gateway.admin.Status;
import dev.gatehouse.gateway.command.Version;
import dev.gatehouse.gateway.door.Doors;
import dev.gatehouse.gateway.door.Headcount;
import dev.gatehouse.gateway.door.Strangers;
import dev.gatehouse.gateway.gate.OrderlyGate;
import dev.gatehouse.gateway.net.ClientTls;
import dev.gatehouse.gateway.net.Listener;
import dev.gatehouse.gateway.net.Newcomers;
import dev.gatehouse.gateway.secret.OwnSecret;
import dev.gatehouse.gateway.settings.Configuration;
import dev.gatehouse.gateway.settings.Settings;
import dev.gatehouse.journal.ChronicleJournal;
import dev.gatehouse.journal.JournalSettings;
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
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running gateway: everything wired together, from the sockets to the journal. */
public final class Gateway implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    /** What must stay free where the configuration does not say. */
    private static final long MIN_FREE_BYTES = 256L << 20;

    /** Recorders besides those of the event loops: the desk's. */
    private static final int OTHER_RECORDERS = 1;

    private static final int BACKGROUND_THREADS = 4;
    private static final int BACKGROUND_QUEUE = 10_000;

    /** Where the secret is kept that noise is drawn from. */
    private static final String NOISE = "noise.key";

    private static final InstantSource CLOCK = InstantSource.system();
    private static final int LOOPS = Runtime.getRuntime().availableProcessors();

    private final Settings settings;
    private final ChronicleJournal journal;
    private final Approvals desk;
    private final List<String> listeners = new ArrayList<>();
    /** What was opened, the last one first. */
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private Optional<Listener> listener = Optional.empty();
    private Optional<InetSocketAddress> postgres = Optional.empty();
    private Optional<InetSocketAddress> mysql = Optional.empty();

    private Gateway(Settings settings) {
        this.settings = settings;
        this.journal = keep(ChronicleJournal.open(journalSettings(settings.journal())));
        this.desk = new Approvals(journal.open("desk"), CLOCK);
    }

    /**
     * Starts a gateway.
     *
     * @throws IOException if an address or a certificate cannot be used; nothing is left open then
     */
    public static Gateway start(Configuration configuration) throws IOException {
        Gateway gateway = new Gateway(configuration.settings());
        try {
            gateway.begin(configuration.policy());
            return gateway;
        } catch (IOException | RuntimeException e) {
            gateway.close();
            throw e;
        }
    }

    private void begin(Policy policy) throws IOException {
        expireRequests();
        ThreadPoolExecutor background = background();
        Catalogs catalogs = keep(new Catalogs(name -> settings.upstream(name).orElseThrow()));
        CalciteAnalyzer analyzer = keep(new CalciteAnalyzer(catalogs));
        Settings.Limits limits = settings.listen().limits();
        Newcomers newcomers =
                new Newcomers(limits.unauthenticated(), limits.unauthenticatedPerAddress(), System::nanoTime);
        Listener listener = keep(new Listener(LOOPS, journal, background, newcomers));
        this.listener = Optional.of(listener);
        OrderlyGate gate = new OrderlyGate(() -> policy, desk, CLOCK);
        RuleMasking masking = new RuleMasking(
                () -> policy,
                new Secret(
                        HexFormat.of().formatHex(OwnSecret.in(settings.journal().dir(), NOISE))),
                CLOCK,
                settings.maskedNotice());
        Origins origins = new Origins(catalogs);
        Strangers strangers = Strangers.rememberedIn(settings.journal().dir());
        Headcount headcount = new Headcount(settings.identity().maxPerUser());
        if (settings.listen().postgres().isPresent()) {
            List<Upstream> servers = servers(Dialect.POSTGRESQL);
            PgProtocol protocol = new PgProtocol(
                    doors(servers, policy, strangers, headcount),
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
                    doors(servers, policy, strangers, headcount),
                    gate,
                    analyzer,
                    masking,
                    origins,
                    servers,
                    limits.loginTimeout());
            mysql = Optional.of(listen(
                    listener, "mysql", settings.listen().mysql().get(), protocol, clientTls(MySqlProtocol.ALPN)));
        }
        if (settings.listen().adminSocket().isPresent()) {
            Instant started = CLOCK.instant();
            keep(AdminServer.start(
                    settings.listen().adminSocket().get(),
                    desk,
                    name -> settings.identity().localUser(name).map(Settings.LocalUser::subject),
                    () -> new Status(
                            settings.name(),
                            Version.text(),
                            policy.version(),
                            started,
                            List.copyOf(listeners),
                            settings.journal().dir(),
                            listener.sessions(),
                            newcomers.waiting(),
                            newcomers.turnedAway())));
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

    private Doors doors(List<Upstream> servers, Policy policy, Strangers strangers, Headcount headcount) {
        return new Doors(settings.identity(), servers, settings.defaultUpstream(), () -> policy, strangers, headcount);
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

    private static JournalSettings journalSettings(Settings.Journal journal) {
        return new JournalSettings(
                journal.dir(),
                JournalSettings.Roll.valueOf(journal.roll().name()),
                journal.minFree().orElse(MIN_FREE_BYTES),
                JournalSettings.DEFAULT_SPOOL_BYTES,
                LOOPS + OTHER_RECORDERS);
    }

    private void expireRequests() {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Gateway::daemon);
        open.push(timer::shutdownNow);
        Future<?> unused = timer.scheduleWithFixedDelay(desk::expireDue, 1, 1, TimeUnit.SECONDS);
    }

    private ThreadPoolExecutor background() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                BACKGROUND_THREADS,
                BACKGROUND_THREADS,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(BACKGROUND_QUEUE),
                Gateway::daemon);
        pool.allowCoreThreadTimeOut(true);
        open.push(pool::shutdownNow);
        return pool;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "background");
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
