package dev.gatehouse.firewall.wire;

import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.session.Upstream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.Executor;

/** What an engine may ask of the sockets it knows nothing about. All on the session's event loop. */
public interface Relay {

    Outlet client();

    /** Usable from {@link WireSession#connected} on. */
    Outlet server();

    ByteBufAllocator allocator();

    /** The client's address. */
    InetAddress source();

    /** Connects to a server; answers through {@link WireSession#connected} or {@link WireSession#unreachable}. */
    void dial(Upstream upstream);

    /** Closes the connection to the server, of which nothing is told any more; another one may be dialled. */
    void hangUp();

    /**
     * Tells the server, behind what was written, that nothing more will be said; what is written from now on is dropped. What it
     * answers is still told, up to {@link WireSession#serverGone}.
     */
    void finishServer();

    /** Whether the listener has a certificate, so that TLS can be offered. */
    boolean offersTls();

    /** Whether the listener refuses clients in clear text. */
    boolean requiresTls();

    /**
     * Starts TLS towards the client, behind what was written so far; answers through {@link WireSession#clientEncrypted}.
     *
     * @param begun what has arrived of the client's handshake already; owned, may be empty
     */
    void encryptClient(ByteBuf begun);

    /** Starts TLS towards the server; answers through {@link WireSession#serverEncrypted} or {@link WireSession#unreachable}. */
    void encryptServer(Upstream upstream);

    /**
     * The client has proved who it is, and no longer takes the place of one that has not.
     *
     * @param session what it was admitted to; told again when it becomes somebody else
     */
    void authenticated(Session session);

    /** Stops reading from the client until {@link #resumeClient}. */
    void pauseClient();

    void resumeClient();

    /** Runs something on the session's loop after a while, unless the session has ended by then. */
    void after(Duration delay, Runnable action);

    /** The session's loop. */
    Executor loop();

    /** Threads for what must not run on a loop, such as deriving a key from a password. */
    Executor background();

    /** Sends what was written, then closes both sides; answers through {@link WireSession#ended}. */
    void close();

    /**
     * As {@link #close}, but the server's connection ends once the server has ended what it is at, or wants to answer.
     *
     * @param followed whether it may answer, so that it gets to the end: what it says is dropped
     * @param then run on the session's loop when the connection has ended
     */
    void closeBehindServer(boolean followed, Runnable then);
}
