package dev.gatehouse.identity;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Talks to a provider: JSON over HTTPS, of a bounded length, within a bounded time, and nowhere else than where it was asked.
 * Safe for many threads, none of which waits.
 */
final class Web {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 1 << 20;

    private final HttpClient client;

    /**
     * An answer.
     *
     * @param body what it says; empty where it is no JSON object
     */
    record Reply(int status, Map<String, Object> body) {
        boolean isGood() {
            return status == 200;
        }
    }

    /**
     * @param ca who issues the other side's certificate, in PEM; empty for the JDK's list
     * @param threads what runs when answers come
     */
    Web(Optional<String> ca, Executor threads) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .executor(threads);
        ca.map(Web::trusting).ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    private static SSLContext trusting(String pem) {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))) {
                trusted.setCertificateEntry("ca-" + number++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("the certificates of the provider's issuer cannot be read: " + e, e);
        }
    }

    /** Asks for a document. Fails with {@link Unanswered}. */
    CompletableFuture<Map<String, Object>> get(URI address) {
        return send(HttpRequest.newBuilder(address).GET(), address).thenApply(reply -> {
            if (!reply.isGood() || reply.body().isEmpty()) {
                throw new CompletionException(
                        new Unanswered(address + " answered " + reply.status() + ", and no document"));
            }
            return reply.body();
        });
    }

    /** Sends a form, whose answer may be an error in JSON. Fails with {@link Unanswered}. */
    CompletableFuture<Reply> post(URI address, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(
                HttpRequest.newBuilder(address)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                address);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private CompletableFuture<Reply> send(HttpRequest.Builder request, URI address) {
        CompletableFuture<HttpResponse<byte[]>> sent = client.sendAsync(
                request.header("Accept", "application/json").timeout(ANSWER).build(),
                info -> new BoundedBody(MOST_BYTES));
        return sent.orTimeout(ANSWER.toSeconds(), TimeUnit.SECONDS).handle((response, fault) -> {
            if (fault != null) {
                throw new CompletionException(unanswered(address, fault));
            }
            return new Reply(response.statusCode(), json(response.body()));
        });
    }

    private static Unanswered unanswered(URI address, Throwable fault) {
        Throwable cause = fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
        String why = cause.getMessage() == null ? "" : ": " + cause.getMessage();
        return new Unanswered(
                address.getRawAuthority() + " cannot be reached: "
                        + cause.getClass().getSimpleName() + why,
                cause);
    }

    private static Map<String, Object> json(byte[] body) {
        try {
            return JSONObjectUtils.parse(new String(body, StandardCharsets.UTF_8));
        } catch (ParseException e) {
            return Map.of(); // Told by the status, and by what is missing.
        }
    }
}
