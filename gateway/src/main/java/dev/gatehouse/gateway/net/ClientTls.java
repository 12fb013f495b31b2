package dev.gatehouse.gateway.net;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** TLS towards clients: whether it is offered, whether it is required. */
public final class ClientTls {

    private final @Nullable SslContext context;
    private final boolean required;

    private ClientTls(@Nullable SslContext context, boolean required) {
        this.context = context;
        this.required = required;
    }

    /** Clear text only. */
    public static ClientTls none() {
        return new ClientTls(null, false);
    }

    /**
     * TLS with a certificate.
     *
     * @param certificates the certificate and those that vouch for it, in PEM
     * @param key its private key, in PEM (PKCS #8)
     * @param required whether clear text is refused
     * @throws SSLException if certificate and key make no pair that can be used
     */
    public static ClientTls of(String certificates, String key, boolean required) throws SSLException {
        try {
            return new ClientTls(
                    SslContextBuilder.forServer(
                                    new ByteArrayInputStream(certificates.getBytes(StandardCharsets.US_ASCII)),
                                    new ByteArrayInputStream(key.getBytes(StandardCharsets.US_ASCII)))
                            .build(),
                    required);
        } catch (IllegalArgumentException e) {
            throw new SSLException("listen.tls: certificate or key cannot be read: " + e.getMessage(), e);
        }
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
}
