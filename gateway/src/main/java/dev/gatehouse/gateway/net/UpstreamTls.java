package dev.gatehouse.gateway.net;

import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.wire.Encryption;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** TLS towards servers, as their upstreams ask for it. Safe for many threads. */
final class UpstreamTls {

    /** What servers are told that the connection is for (ALPN); those that do not know it go on without. */
    private static final ApplicationProtocolConfig POSTGRESQL = new ApplicationProtocolConfig(
            ApplicationProtocolConfig.Protocol.ALPN,
            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
            "postgresql");

    private final Map<Upstream.Tls, SslContext> contexts = new ConcurrentHashMap<>();

    /**
     * The handler that begins a handshake.
     *
     * @throws SSLException if the trusted certificates, or the gateway's own, cannot be read
     */
    SslHandler handler(Upstream upstream, ByteBufAllocator allocator) throws SSLException {
        SslContext context = contexts.get(upstream.tls());
        if (context == null) {
            context = context(upstream.tls());
            contexts.put(upstream.tls(), context);
        }
        return context.newHandler(allocator, upstream.host(), upstream.port());
    }

    private static SslContext context(Upstream.Tls tls) throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forClient().applicationProtocolConfig(POSTGRESQL);
        if (tls.mode() == Upstream.Tls.Mode.REQUIRE) {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
        } else if (tls.ca().isPresent()) {
            builder.trustManager(tls.ca().get().toFile());
        }
        if (tls.mode() != Upstream.Tls.Mode.VERIFY_FULL) {
            builder.endpointIdentificationAlgorithm(null);
        }
        if (tls.certificate().isPresent()) {
            Upstream.ClientCertificate own = tls.certificate().get();
            try {
                builder.keyManager(pem(own.chain()), pem(own.key().reveal()));
            } catch (IllegalArgumentException e) {
                throw new SSLException("the gateway's own certificate or key cannot be read", e);
            }
        }
        return builder.build();
    }

    private static InputStream pem(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** What a handshake has settled that succeeded. */
    static Encryption settled(SslHandler handler) {
        String protocol = handler.applicationProtocol();
        byte[] endPoint;
        try {
            endPoint = EndPoint.of(handler.engine().getSession().getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException e) {
            throw new IllegalStateException("a server without a certificate got through the handshake", e);
        }
        return new Encryption(protocol == null ? "" : protocol, endPoint);
    }
}
