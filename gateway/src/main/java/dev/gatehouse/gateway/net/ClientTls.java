package dev.gatehouse.gateway.net;

import dev.gatehouse.firewall.wire.Encryption;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** TLS towards clients: whether it is offered, whether it is required. */
public final class ClientTls {

    private final @Nullable SslContext context;
    private final byte[] endPoint;
    private final boolean required;

    private ClientTls(@Nullable SslContext context, byte[] endPoint, boolean required) {
        this.context = context;
        this.endPoint = endPoint;
        this.required = required;
    }

    /** Clear text only. */
    public static ClientTls none() {
        return new ClientTls(null, new byte[0], false);
    }

    /**
     * TLS with a certificate. A client that names application protocols (ALPN) must name ours.
     *
     * @param certificates the certificate and those that vouch for it, in PEM
     * @param key its private key, in PEM (PKCS #8)
     * @param clientCa who issues the certificates that clients may show, in PEM; where it is given, clients are asked for one
     * @param protocol the application protocol's name
     * @param required whether clear text is refused
     * @throws SSLException if certificate and key make no pair that can be used
     */
    public static ClientTls of(
            String certificates, String key, Optional<String> clientCa, String protocol, boolean required)
            throws SSLException {
        try {
            SslContextBuilder builder = SslContextBuilder.forServer(pem(certificates), pem(key))
                    .applicationProtocolConfig(agreeing(protocol));
            clientCa.ifPresent(ca -> builder.trustManager(pem(ca)).clientAuth(ClientAuth.OPTIONAL));
            SslContext context = builder.build();
            byte[] endPoint =
                    EndPoint.of(CertificateFactory.getInstance("X.509").generateCertificate(pem(certificates)));
            return new ClientTls(context, endPoint, required);
        } catch (IllegalArgumentException | CertificateException e) {
            throw new SSLException("listen.tls: certificate or key cannot be read: " + e.getMessage(), e);
        }
    }

    private static ApplicationProtocolConfig agreeing(String protocol) {
        return new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.FATAL_ALERT,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                protocol);
    }

    private static InputStream pem(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** What connections are encrypted with; empty where they are not. */
    public Optional<SslContext> context() {
        return Optional.ofNullable(context);
    }

    boolean isOffered() {
        return context != null;
    }

    boolean isRequired() {
        return required;
    }

    SslHandler handler(ByteBufAllocator allocator) {
        SslContext offered = context;
        if (offered == null) {
            throw new IllegalStateException("TLS is not offered");
        }
        return offered.newHandler(allocator);
    }

    /** What a handshake has settled that succeeded. */
    Encryption settled(SslHandler handler) {
        String protocol = handler.applicationProtocol();
        return new Encryption(protocol == null ? "" : protocol, endPoint, peer(handler));
    }

    private static Optional<X500Principal> peer(SslHandler handler) {
        try {
            return handler.engine().getSession().getPeerPrincipal() instanceof X500Principal subject
                    ? Optional.of(subject)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty(); // It has shown none; whether it must have is decided at its login.
        }
    }
}
