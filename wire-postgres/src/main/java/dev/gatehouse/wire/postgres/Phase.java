package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.wire.Encryption;
import io.netty.buffer.ByteBuf;

/**
 * What a session is doing, with only the data that exists then.
 *
 * <pre>
 *   Greeting ──StartupMessage──► ClientLogin ──proof──► ServerLogin ──ReadyForQuery──► Serving
 *      │                              │                      │                            │
 *      └──CancelRequest──► Cancelling │                      │                            │
 *              any refusal, violation or loss of a side: ────┴──────────► Ended ◄─────────┘
 * </pre>
 *
 * Whatever a phase does not expect is a violation, and ends the session.
 */
sealed interface Phase permits Greeting, ClientLogin, ServerLogin, Serving, Cancelling, Phase.Ended {

    /** Bytes from the client; owned. */
    void fromClient(ByteBuf bytes);

    /** Bytes from the server; owned. */
    default void fromServer(ByteBuf bytes) {
        bytes.release();
        throw new IllegalStateException("no server in this phase");
    }

    /** The client's side is under TLS now. */
    default void clientEncrypted(Encryption encryption) {
        throw new IllegalStateException("no TLS was started in this phase");
    }

    /** The server accepted the connection. */
    default void connected() {
        throw new IllegalStateException("no server was dialled in this phase");
    }

    /** The server's side is under TLS now. */
    default void serverEncrypted(Encryption encryption) {
        throw new IllegalStateException("no TLS was started in this phase");
    }

    /** The server could not be reached. */
    default void unreachable(String why) {
        throw new IllegalStateException("no server was dialled in this phase: " + why);
    }

    /** The client says nothing more; asked again after each step, as long as there is something it is still to be told. */
    default void clientFinished() {
        clientGone();
    }

    /** The client has closed its side. */
    void clientGone();

    /** The server has closed its side. */
    default void serverGone() {
        throw new IllegalStateException("no server in this phase");
    }

    /** Whether the client is between two messages, so that one of our own may follow. */
    default boolean mayTell() {
        return true;
    }

    /** Whether nothing is lost if the session ends now. */
    default boolean isIdle() {
        return true;
    }

    /** Gives back what the phase holds. */
    void release();

    /** Nothing more is expected; whatever arrives is dropped. */
    record Ended() implements Phase {

        static final Ended INSTANCE = new Ended();

        @Override
        public void fromClient(ByteBuf bytes) {
            bytes.release();
        }

        @Override
        public void fromServer(ByteBuf bytes) {
            bytes.release();
        }

        @Override
        public void clientEncrypted(Encryption encryption) {
            // Came too late to matter.
        }

        @Override
        public void connected() {
            // Came too late to matter.
        }

        @Override
        public void serverEncrypted(Encryption encryption) {
            // Came too late to matter.
        }

        @Override
        public void unreachable(String why) {
            // Came too late to matter.
        }

        @Override
        public void clientGone() {
            // Expected.
        }

        @Override
        public void serverGone() {
            // Expected.
        }

        @Override
        public void release() {
            // Holds nothing.
        }
    }
}
