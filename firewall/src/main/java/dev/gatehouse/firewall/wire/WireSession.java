package dev.gatehouse.firewall.wire;

import io.netty.buffer.ByteBuf;
import java.time.Duration;

/** A protocol engine at work on one client. Knows no channel, timer or TLS; lives on one event loop. */
public interface WireSession {

    /** The client is there; called once, before anything else. Where the server speaks first, the engine does so now. */
    default void begin() {
        // Most protocols wait for the client.
    }

    /** Bytes from the client; owned by the engine. */
    void fromClient(ByteBuf bytes);

    /** Bytes from the server; owned by the engine. */
    void fromServer(ByteBuf bytes);

    /** The client's side is under TLS now. */
    void clientEncrypted(Encryption encryption);

    /** The server accepted the connection. */
    void connected();

    /** The server's side is under TLS now, and its certificate was checked as asked. */
    void serverEncrypted(Encryption encryption);

    /**
     * The server could not be reached, or its certificate did not hold.
     *
     * @param why for a person; names no secret
     */
    void unreachable(String why);

    /**
     * The client says nothing more, and may still listen: whether it does shows only when it is told something. What it has said
     * is answered, as a server would, before the session ends.
     */
    void clientFinished();

    /** The client has closed its side. */
    void clientGone();

    /** The server has closed its side. */
    void serverGone();

    /**
     * The gateway is about to end. A session that is at nothing ends now and tells its client why; one that is waits until it
     * has done that, or until its time is over.
     *
     * @param patience how long that may take
     */
    void drain(Duration patience);

    /**
     * The session is to end, whatever others do; otherwise as {@link #drain}.
     *
     * @param why for its client and the journal
     */
    void end(String why, Duration patience);

    /** The client's side is closed, and the server's is closing; called once, last. Everything the engine holds is to be released. */
    void ended();
}
