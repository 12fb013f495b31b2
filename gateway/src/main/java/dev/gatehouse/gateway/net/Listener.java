package dev.gatehouse.gateway.net;

import dev.gatehouse.firewall.audit.Recorder;
import dev.gatehouse.firewall.audit.Recorders;
import dev.gatehouse.firewall.wire.WireProtocol;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for clients, and gives each an engine on one of the event loops. */
public final class Listener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    private static final int BACKLOG = 1024;

    /** How long clients may take to hear why they are sent away, and servers to hear what is to be cancelled. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final Transport transport = new Transport();
    private final EventLoopGroup acceptor;
    private final EventLoopGroup loops;
    private final Map<EventExecutor, Recorder> recorders = new HashMap<>();
    private final ChannelGroup listening = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Set<SocketRelay> relays = ConcurrentHashMap.newKeySet();
    private final Executor background;
    private final Newcomers newcomers;
    private final LiveSessions live;
    private volatile boolean draining;

    /**
     * @param threads how many event loops there are
     * @param journal gives each loop its own recorder
     * @param background threads for what blocks
     * @param newcomers counts the clients that have not logged in yet
     * @param live knows those that have
     */
    public Listener(int threads, Recorders journal, Executor background, Newcomers newcomers, LiveSessions live) {
        this.acceptor = transport.loops("accept", 1);
        this.loops = transport.loops("loop", threads);
        this.background = background;
        this.newcomers = newcomers;
        this.live = live;
        int number = 0;
        for (EventExecutor loop : loops) {
            recorders.put(loop, journal.open("loop-" + number++));
        }
    }

    /**
     * Begins to listen for clients of one protocol.
     *
     * @return the address, with the port that was chosen where none was asked for
     * @throws IOException if the address cannot be had
     */
    public InetSocketAddress listen(InetSocketAddress address, WireProtocol protocol, ClientTls tls)
            throws IOException {
        Dialer dialer = new Dialer(transport, background);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(acceptor, loops)
                .channel(transport.listener())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        transport.keepAlive(channel);
                        welcome(channel, protocol, dialer, tls);
                    }
                });
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on " + address.getHostString() + ":" + address.getPort() + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        listening.add(bound.channel());
        return (InetSocketAddress) bound.channel().localAddress();
    }

    private void welcome(Channel channel, WireProtocol protocol, Dialer dialer, ClientTls tls) {
        if (!(channel.remoteAddress() instanceof InetSocketAddress source)) {
            channel.unsafe().closeForcibly(); // It has left already.
            return;
        }
        clients.add(channel);
        Optional<Newcomers.Place> place = newcomers.enter(source.getAddress());
        if (place.isEmpty()) {
            channel.config().setAutoRead(false);
            channel.pipeline().addLast(new TurnedAway(protocol));
            return;
        }
        channel.closeFuture().addListener(closed -> place.get().leave());
        EventLoop loop = channel.eventLoop();
        Recorder recorder = recorders.get(loop);
        if (recorder == null) {
            throw new IllegalStateException("a loop without a recorder");
        }
        SocketRelay relay = new SocketRelay(channel, place.get(), dialer, tls, background, live, recorder::hasRoom);
        relay.begin(protocol.open(relay, recorder));
        relays.add(relay);
        channel.closeFuture().addListener(closed -> relays.remove(relay));
        if (draining) {
            relay.drain(Duration.ZERO);
        }
    }

    /** How many clients are connected. */
    public int sessions() {
        return relays.size();
    }

    /**
     * Stops listening, and lets all sessions end: those that are at nothing now, others as soon as they have done what they are
     * at. Waits for that.
     *
     * @param patience after which every session is ended
     */
    public void drain(Duration patience) {
        listening.close().awaitUninterruptibly();
        draining = true;
        relays.forEach(relay -> relay.drain(patience));
        long most = patience.plus(LAST_WORDS).toMillis();
        if (!clients.newCloseFuture().awaitUninterruptibly(most)) {
            LOG.warn("{} session(s) do not end by themselves and are cut off", relays.size());
        }
        sessionsHaveSeenTheirEnd();
    }

    /** A channel is known to be closed a moment before its session is told: that is queued, but perhaps behind the first task here. */
    private void sessionsHaveSeenTheirEnd() {
        for (int round = 0; round < 2; round++) {
            for (EventExecutor loop : loops) {
                if (!loop.isShuttingDown()) {
                    loop.submit(() -> {}).awaitUninterruptibly(LAST_WORDS.toMillis());
                }
            }
        }
    }

    /** Stops listening, ends all sessions, and waits until they have ended. */
    @Override
    public void close() {
        drain(Duration.ZERO);
        clients.close().awaitUninterruptibly(LAST_WORDS.toMillis());
        acceptor.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
