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
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Listens for clients, and gives each an engine on one of the event loops. */
public final class Listener implements AutoCloseable {

    private static final int KEEPALIVE_IDLE_SECONDS = 30;
    private static final int KEEPALIVE_INTERVAL_SECONDS = 10;
    private static final int KEEPALIVE_PROBES = 3;
    private static final int BACKLOG = 1024;

    private final Transport transport = new Transport();
    private final EventLoopGroup acceptor;
    private final EventLoopGroup loops;
    private final Map<EventExecutor, Recorder> recorders = new HashMap<>();
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Executor background;
    private final Newcomers newcomers;
    private final LongAdder sessions = new LongAdder();

    /**
     * @param threads how many event loops there are
     * @param journal gives each loop its own recorder
     * @param background threads for what blocks
     * @param newcomers counts the clients that have not logged in yet
     */
    public Listener(int threads, Recorders journal, Executor background, Newcomers newcomers) {
        this.acceptor = transport.loops("accept", 1);
        this.loops = transport.loops("loop", threads);
        this.background = background;
        this.newcomers = newcomers;
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
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        welcome(channel, protocol, dialer, tls);
                    }
                });
        if (transport.isEpoll()) {
            bootstrap
                    .childOption(EpollChannelOption.TCP_KEEPIDLE, KEEPALIVE_IDLE_SECONDS)
                    .childOption(EpollChannelOption.TCP_KEEPINTVL, KEEPALIVE_INTERVAL_SECONDS)
                    .childOption(EpollChannelOption.TCP_KEEPCNT, KEEPALIVE_PROBES);
        }
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on " + address.getHostString() + ":" + address.getPort() + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        channels.add(bound.channel());
        return (InetSocketAddress) bound.channel().localAddress();
    }

    private void welcome(Channel channel, WireProtocol protocol, Dialer dialer, ClientTls tls) {
        if (!(channel.remoteAddress() instanceof InetSocketAddress source)) {
            channel.unsafe().closeForcibly(); // It has left already.
            return;
        }
        channels.add(channel);
        Optional<Newcomers.Place> place = newcomers.enter(source.getAddress());
        if (place.isEmpty()) {
            channel.config().setAutoRead(false);
            channel.pipeline().addLast(new TurnedAway(protocol));
            return;
        }
        channel.closeFuture().addListener(closed -> place.get().leave());
        sessions.increment();
        channel.closeFuture().addListener(closed -> sessions.decrement());
        EventLoop loop = channel.eventLoop();
        Recorder recorder = recorders.get(loop);
        if (recorder == null) {
            throw new IllegalStateException("a loop without a recorder");
        }
        SocketRelay relay = new SocketRelay(channel, place.get(), dialer, tls, background, recorder::hasRoom);
        relay.begin(protocol.open(relay, recorder));
    }

    /** How many clients are connected. */
    public int sessions() {
        return sessions.intValue();
    }

    /** Stops listening, ends all sessions, and waits until they have ended. */
    @Override
    public void close() {
        channels.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
        acceptor.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
