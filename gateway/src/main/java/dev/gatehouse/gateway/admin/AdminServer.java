package dev.gatehouse.gateway.admin;

import dev.gatehouse.console.api.Api;
import dev.gatehouse.console.api.Status;
import dev.gatehouse.firewall.approval.Approvals;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.firewall.policy.ConsoleRight;
import dev.gatehouse.firewall.session.Subject;
import dev.gatehouse.gateway.receipt.Receipt;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.DomainSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Serves the admin API on a Unix domain socket, on a thread of its own, so that neither can hold up the other: the
 * statements that flow, and the person who must decide.
 */
public final class AdminServer implements AutoCloseable {

    private static final int MOST_BODY_BYTES = 64 * 1024;
    private static final int IDLE_SECONDS = 30;
    private static final int BACKLOG = 64;

    private final Path socket;
    private final EventLoopGroup loop;
    private final ExecutorService answerer;
    private final Channel channel;

    private AdminServer(Path socket, EventLoopGroup loop, ExecutorService answerer, Channel channel) {
        this.socket = socket;
        this.loop = loop;
        this.answerer = answerer;
        this.channel = channel;
    }

    /**
     * Starts to serve.
     *
     * @param socket where; its folder is made for this user alone if it is missing, the socket is open to its group
     * @param desk where decisions are made
     * @param directory the local users of the configuration
     * @param rights what the policy gives them in the console
     * @param receipts the receipt of an approval, where there is one
     * @param status how the gateway is now
     * @throws IOException if another process serves there, or the place cannot be used
     */
    public static AdminServer start(
            Path socket,
            Approvals desk,
            Function<String, Optional<Subject>> directory,
            Function<Subject, Optional<ConsoleRight>> rights,
            Function<Ticket, Optional<Receipt>> receipts,
            Supplier<Status> status)
            throws IOException {
        makeRoom(socket);
        LocalAccounts accounts = new LocalAccounts(Path.of("/etc/passwd"));
        Peers peers = new Peers(LocalAccounts.ownUid(), accounts::name, directory, rights);
        Api api =
                new Api(desk, ticket -> receipts.apply(ticket).map(Receipt::envelope), status, InstantSource.system());
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("admin", true), EpollIoHandler.newFactory());
        // What is answered may wait for the desk's store.
        ExecutorService answerer = Executors.newSingleThreadExecutor(new DefaultThreadFactory("admin-answer", true));
        try {
            Channel channel = new ServerBootstrap()
                    .group(loop)
                    .channel(EpollServerDomainSocketChannel.class)
                    .option(ChannelOption.SO_BACKLOG, BACKLOG)
                    .childHandler(pipeline(api, peers, answerer))
                    .bind(new DomainSocketAddress(socket.toFile()))
                    .sync()
                    .channel();
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
            return new AdminServer(socket, loop, answerer, channel);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopped(loop, answerer, new IOException("interrupted while opening " + socket, e));
        } catch (IOException e) {
            throw stopped(loop, answerer, e);
        } catch (RuntimeException e) {
            throw stopped(
                    loop,
                    answerer,
                    new IOException("cannot open the admin socket " + socket + ": " + e.getMessage(), e));
        }
    }

    /** Where it serves. */
    public Path socket() {
        return socket;
    }

    /** Stops serving and removes the socket; once closed, it stays closed. */
    @Override
    public void close() throws IOException {
        if (!channel.isOpen()) {
            return;
        }
        channel.close().syncUninterruptibly();
        shutDown(loop);
        answerer.shutdown();
        Files.deleteIfExists(socket);
    }

    private static ChannelInitializer<DomainSocketChannel> pipeline(Api api, Peers peers, ExecutorService answerer) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(DomainSocketChannel channel) {
                channel.pipeline()
                        .addLast(new ReadTimeoutHandler(IDLE_SECONDS))
                        .addLast(new HttpServerCodec())
                        .addLast(new HttpServerKeepAliveHandler())
                        .addLast(new HttpObjectAggregator(MOST_BODY_BYTES))
                        .addLast(new AdminHandler(api, peers, answerer));
            }
        };
    }

    /** Makes the folder, and removes what a gateway that died has left. */
    private static void makeRoom(Path socket) throws IOException {
        Path folder = socket.toAbsolutePath().getParent();
        if (folder != null && Files.notExists(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        if (Files.notExists(socket, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (answers(socket)) {
            throw new IOException("another gateway serves " + socket);
        }
        if (Files.isRegularFile(socket, LinkOption.NOFOLLOW_LINKS)
                || Files.isDirectory(socket, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(socket + " is not a socket");
        }
        Files.delete(socket);
    }

    private static boolean answers(Path socket) {
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return probe.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static IOException stopped(EventLoopGroup loop, ExecutorService answerer, IOException why) {
        shutDown(loop);
        answerer.shutdown();
        return why;
    }

    private static void shutDown(EventLoopGroup loop) {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
