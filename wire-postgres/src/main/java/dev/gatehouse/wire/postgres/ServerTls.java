package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.wire.Encryption;
import io.netty.buffer.ByteBuf;

/**
 * Puts the connection to a server under TLS as its upstream asks for: behind the protocol's own request, or at once.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html">Message Flow, SSL Session Encryption</a>
 */
final class ServerTls {

    private static final int SSL_REQUEST = 80877103;
    private static final int SSL_REQUEST_BYTES = 8;

    private final PgSession session;
    private final Upstream upstream;
    private boolean asked;

    ServerTls(PgSession session, Upstream upstream) {
        this.session = session;
        this.upstream = upstream;
    }

    /** Begins, now that the server has accepted the connection; false where it is to stay in clear text. */
    boolean begin() {
        if (upstream.tls().mode() == Upstream.Tls.Mode.DISABLE) {
            return false;
        }
        if (upstream.tls().negotiation() == Upstream.Tls.Negotiation.DIRECT) {
            session.relay.encryptServer(upstream);
        } else {
            asked = true;
            ByteBuf request = session.relay.allocator().buffer(SSL_REQUEST_BYTES);
            session.relay.server().write(request.writeInt(SSL_REQUEST_BYTES).writeInt(SSL_REQUEST));
        }
        return true;
    }

    /** Whether what comes next is the server's answer to the request. */
    boolean isAsked() {
        return asked;
    }

    /**
     * Reads the answer, and starts TLS if it is yes.
     *
     * @param bytes owned
     * @return whether it is yes, and nothing is behind it that was not encrypted
     */
    boolean answered(ByteBuf bytes) {
        asked = false;
        boolean yes = bytes.readableBytes() == 1 && bytes.getByte(bytes.readerIndex()) == 'S';
        bytes.release();
        if (yes) {
            session.relay.encryptServer(upstream);
        }
        return yes;
    }

    /** Whether the server is known to speak PostgreSQL behind its TLS, where it did not say so before. */
    boolean holds(Encryption encryption) {
        return upstream.tls().negotiation() != Upstream.Tls.Negotiation.DIRECT
                || encryption.protocol().equals(PgProtocol.ALPN);
    }
}
