package dev.gatehouse.console;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.ssl.OptionalSslHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The web console and the HTTP API, while they are served. On threads of its own: traffic does not wait for it. */
public final class Console implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Console.class);

    private static final int MOST_BODY_BYTES = 64 * 1024;
    private static final int MOST_CONNECTIONS = 1024;
    private static final int MOST_CONNECTIONS_OF_ONE = 128;
    private static final int IDLE_SECONDS = 60;
    private static final int BACKLOG = 128;

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("console-loop", true), NioIoHandler.newFactory());
    private final Work work = new Work();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "console-timer");
        thread.setDaemon(true);
        return thread;
    });
    private final ConsoleSettings settings;
    private final Switchboard switchboard;

    /** How many connections each address has; on the loop alone. */
    private final Map<InetAddress, Integer> connections = new HashMap<>();

    private int connected;
    private @Nullable Channel channel;

    private Console(ConsoleSettings settings, House house) {
        this.settings = settings;
        this.switchboard = new Switchboard(settings, house, work, InstantSource.system());
    }

    /**
     * Starts to serve.
     *
     * @throws IOException if the address cannot be used
     */
    public static Console start(ConsoleSettings settings, House house) throws IOException {
        Console console = new Console(settings, house);
        try {
            console.bind();
            return console;
        } catch (IOException | RuntimeException e) {
            console.close();
            throw e;
        }
    }

    private void bind() throws IOException {
        try {
            channel = new ServerBootstrap()
                    .group(loop)
                    .channel(NioServerSocketChannel.class)
                    .option(ChannelOption.SO_BACKLOG, BACKLOG)
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .childHandler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel newcomer) {
                            begin(newcomer);
                        }
                    })
                    .bind(settings.address())
                    .sync()
                    .channel();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while opening the console", e);
        }
        Future<?> unused = timer.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    private void tick() {
        try {
            switchboard.events().tick();
        } catch (RuntimeException e) {
            LOG.error("the console could not tell its pages what has changed", e);
        }
    }

    private void begin(SocketChannel newcomer) {
        InetAddress address = newcomer.remoteAddress().getAddress();
        int own = connections.merge(address, 1, Integer::sum);
        connected++;
        newcomer.closeFuture().addListener(closed -> {
            connected--;
            connections.computeIfPresent(address, (key, count) -> count > 1 ? count - 1 : null);
        });
        if (connected > MOST_CONNECTIONS || own > MOST_CONNECTIONS_OF_ONE) {
            ChannelFuture unused = newcomer.close();
            return;
        }
        settings.tls().ifPresent(tls -> newcomer.pipeline()
                .addLast(settings.clear() ? new OptionalSslHandler(tls) : tls.newHandler(newcomer.alloc())));
        newcomer.pipeline()
                .addLast(new IdleStateHandler(0, 0, IDLE_SECONDS))
                .addLast(new HttpServerCodec())
                .addLast(new HttpServerKeepAliveHandler())
                .addLast(new HttpObjectAggregator(MOST_BODY_BYTES))
                .addLast(new HttpHandler(switchboard));
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) Objects.requireNonNull(channel).localAddress();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        work.close();
        Channel bound = channel;
        if (bound != null) {
            bound.close().syncUninterruptibly();
        }
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
