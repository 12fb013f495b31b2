package dev.gatehouse.bench.relay;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;

/**
 * The floor every other figure is held against: a TCP relay on Netty that looks at no byte.
 *
 * <p>It does what any relay must and nothing else: both sockets of a pair on one event loop, one flush per read turn, and
 * a side that cannot write stops the other from reading.
 */
public final class BytesRelay implements AutoCloseable {

    private static final int BACKLOG = 1024;

    private final EventLoopGroup loops;
    private final Channel listener;

    private BytesRelay(EventLoopGroup loops, Channel listener) {
        this.loops = loops;
        this.listener = listener;
    }

    /**
     * Starts listening.
     *
     * @param listen where clients connect; port 0 takes a free one
     * @param server where every client is connected on to
     * @param threads event loops
     */
    public static BytesRelay start(InetSocketAddress listen, InetSocketAddress server, int threads) {
        boolean epoll = Epoll.isAvailable();
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        Class<? extends ServerChannel> accepting =
                epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        Class<? extends SocketChannel> dialling = epoll ? EpollSocketChannel.class : NioSocketChannel.class;
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(threads, io);
        Channel listener = new ServerBootstrap()
                .group(loops)
                .channel(accepting)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel client) {
                        client.pipeline().addLast(new RelaySide.Client(server, dialling));
                    }
                })
                .bind(listen)
                .syncUninterruptibly()
                .channel();
        return new BytesRelay(loops, listener);
    }

    /** Where clients connect. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Blocks until the listener is closed. */
    void awaitClose() {
        listener.closeFuture().syncUninterruptibly();
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS).syncUninterruptibly();
    }
}
