package dev.gatehouse.gateway.net;

import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.wire.Outlet;
import dev.gatehouse.firewall.wire.Relay;
import dev.gatehouse.firewall.wire.WireSession;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two sockets of one session, both on the same event loop. Bytes written within one read turn leave together at its
 * end; a side that cannot take more stops the other from being read.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails closes its channel, which is seen there.
final class SocketRelay implements Relay {

    private static final Logger LOG = LoggerFactory.getLogger(SocketRelay.class);

    private static final String EXPIRED = "the session ends, as the token it began with no longer counts";
    /** What a session may take that is at something when its token no longer counts. */
    private static final Duration GRACE = Duration.ofSeconds(25);

    private static final Duration ROOM_AGAIN = Duration.ofMillis(2);

    private final Channel client;
    private final Newcomers.Place place;
    private final Dialer dialer;
    private final ClientTls tls;
    private final Executor background;
    private final LiveSessions live;
    private final BooleanSupplier hasRoom;
    private final Outlet toClient;
    private final Outlet toServer;

    private @Nullable Channel server;
    /** What the client was admitted to; null before that. */
    private @Nullable Session admitted;
    /** Whether the server was told that nothing more will be said. */
    private boolean serverFinished;

    private @Nullable WireSession session;
    private final Timers timers = new Timers();
    private boolean inTurn;
    private boolean clientPaused;
    private boolean waitingForRoom;
    private boolean closed;

    /**
     * @param place what the client takes until it has proved who it is
     * @param live where it is entered when it has
     * @param hasRoom whether the journal has room for more; no side is read while it has not
     */
    SocketRelay(
            Channel client,
            Newcomers.Place place,
            Dialer dialer,
            ClientTls tls,
            Executor background,
            LiveSessions live,
            BooleanSupplier hasRoom) {
        this.client = client;
        this.place = place;
        this.dialer = dialer;
        this.tls = tls;
        this.background = background;
        this.live = live;
        this.hasRoom = hasRoom;
        this.toClient = bytes -> write(client, bytes);
        this.toServer = bytes -> write(serverFinished ? null : server, bytes);
    }

    /** Begins to read for a session. */
    void begin(WireSession engine) {
        session = engine;
        client.pipeline().addLast(new Side(this, true));
        engine.begin();
    }

    /** Lets the session end: at once where it is at nothing, otherwise when it has done that, or after this time. */
    void drain(Duration patience) {
        client.eventLoop().execute(() -> engine().drain(patience));
    }

    @Override
    public Outlet client() {
        return toClient;
    }

    @Override
    public Outlet server() {
        return toServer;
    }

    private void write(@Nullable Channel side, ByteBuf bytes) {
        if (side == null || closed) {
            bytes.release();
        } else if (inTurn) {
            side.write(bytes, side.voidPromise());
        } else {
            side.writeAndFlush(bytes, side.voidPromise());
        }
    }

    void turnBegins() {
        inTurn = true;
    }

    /** Lets everything written in this turn leave. */
    void turnEnds() {
        inTurn = false;
        client.flush();
        if (server != null) {
            server.flush();
        }
        if (!hasRoom.getAsBoolean() && !waitingForRoom) {
            waitingForRoom = true;
            steer();
            waitForRoom();
        }
    }

    private void waitForRoom() {
        client.eventLoop()
                .schedule(
                        () -> {
                            if (closed || hasRoom.getAsBoolean()) {
                                waitingForRoom = false;
                                steer();
                            } else {
                                waitForRoom();
                            }
                        },
                        ROOM_AGAIN.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /**
     * Decides which side is read, now that something has changed. Like a server, the gateway does not listen to a client that
     * does not take its answers.
     */
    void steer() {
        boolean room = !waitingForRoom;
        Channel other = server;
        boolean serverTakes = other == null || other.isWritable();
        client.config().setAutoRead(room && !clientPaused && serverTakes && client.isWritable());
        if (other != null) {
            other.config().setAutoRead(room && client.isWritable());
        }
    }

    @Override
    public ByteBufAllocator allocator() {
        return client.alloc();
    }

    @Override
    public InetAddress source() {
        return ((InetSocketAddress) client.remoteAddress()).getAddress();
    }

    /** From now on a client in clear text may say that it has said all; under TLS, that is the end of the connection. */
    @Override
    public void authenticated(Session session) {
        place.leave();
        departed();
        admitted = session;
        live.enter(session, this).ifPresent(left -> after(left, () -> end(session, EXPIRED, GRACE)));
        if (client.pipeline().get(SslHandler.class) == null) {
            client.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        }
    }

    private void departed() {
        if (admitted != null) {
            live.leave(admitted);
            admitted = null;
        }
    }

    /** Ends a session, unless its client has become somebody else since. */
    void end(Session which, String why, Duration patience) {
        client.eventLoop().execute(() -> {
            if (which.equals(admitted)) {
                engine().end(why, patience);
            }
        });
    }

    @Override
    public void dial(Upstream upstream) {
        dialer.dial(upstream, client.eventLoop(), new Dialer.Caller() {
            @Override
            public void connected(Channel channel) {
                if (closed) {
                    channel.close();
                    return;
                }
                server = channel;
                channel.pipeline().addLast(new Side(SocketRelay.this, false));
                steer();
                engine().connected();
                channel.flush();
            }

            @Override
            public void unreachable(String why) {
                if (!closed) {
                    engine().unreachable(why);
                }
            }
        });
    }

    @Override
    public void hangUp() {
        Channel channel = server;
        if (channel != null) {
            server = null;
            serverFinished = false;
            channel.pipeline().remove(Side.class);
            channel.close();
            steer();
            if (inTurn) {
                turnEnds();
            }
        }
    }

    @Override
    public void finishServer() {
        if (server != null && !serverFinished) {
            serverFinished = true;
            Parting.finish(server);
        }
    }

    @Override
    public boolean offersTls() {
        return tls.isOffered();
    }

    @Override
    public boolean requiresTls() {
        return tls.isRequired();
    }

    @Override
    public void encryptClient(ByteBuf begun) {
        client.flush();
        SslHandler handler = tls.handler(client.alloc());
        client.pipeline().addFirst(handler);
        handler.handshakeFuture().addListener(done -> {
            if (closed) {
                return;
            }
            if (done.isSuccess()) {
                engine().clientEncrypted(tls.settled(handler));
            } else {
                LOG.debug(
                        "no TLS with {}: {}",
                        source().getHostAddress(),
                        done.cause().getMessage());
                close();
            }
        });
        if (begun.isReadable()) {
            client.pipeline().fireChannelRead(begun);
        } else {
            begun.release();
        }
    }

    @Override
    public void encryptServer(Upstream upstream) {
        Channel channel = server;
        if (channel == null) {
            throw new IllegalStateException("no server is connected");
        }
        SslHandler handler;
        try {
            handler = dialer.tls().handler(upstream, channel.alloc());
        } catch (SSLException e) {
            engine().unreachable("TLS cannot be set up: " + e.getMessage());
            return;
        }
        channel.pipeline().addFirst(handler);
        handler.handshakeFuture().addListener(done -> {
            if (closed) {
                return;
            }
            if (done.isSuccess()) {
                engine().serverEncrypted(UpstreamTls.settled(handler));
                channel.flush();
            } else {
                engine().unreachable("TLS: " + done.cause().getMessage());
            }
        });
    }

    @Override
    public void pauseClient() {
        clientPaused = true;
        steer();
    }

    @Override
    public void resumeClient() {
        clientPaused = false;
        steer();
    }

    @Override
    public void after(Duration delay, Runnable action) {
        if (closed) {
            return;
        }
        timers.after(client.eventLoop(), delay, action);
    }

    @Override
    public Executor loop() {
        return client.eventLoop();
    }

    @Override
    public Executor background() {
        return background;
    }

    @Override
    public void close() {
        if (ends() && server != null) {
            Parting.closeUnheard(server);
        }
    }

    @Override
    public void closeBehindServer(boolean followed, Runnable then) {
        if (ends()) {
            if (server != null && server.isActive()) {
                Parting.await(server, followed, then);
            } else {
                then.run();
            }
        }
    }

    /** Closes the client's side; answers whether it was open. */
    private boolean ends() {
        if (closed) {
            return false;
        }
        closed = true;
        departed();
        timers.cancel();
        Parting.close(client);
        client.closeFuture().addListener(done -> engine().ended());
        return true;
    }

    WireSession engine() {
        WireSession engine = session;
        if (engine == null) {
            throw new IllegalStateException("the relay has not begun");
        }
        return engine;
    }
}
