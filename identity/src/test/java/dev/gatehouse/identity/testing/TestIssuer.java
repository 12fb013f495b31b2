package dev.gatehouse.identity.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** An OpenID Connect provider on this machine, which signs whatever it is told to. */
public final class TestIssuer implements AutoCloseable {

    public static final String CLIENT = "gatehouse";

    /** Making one takes a while. */
    private static final RSAKey FIRST = newKey("first");

    private final HttpServer server;
    private final AtomicInteger keyQuestions = new AtomicInteger();
    private volatile RSAKey key;
    private volatile boolean down;

    private TestIssuer(HttpServer server) {
        this.server = server;
        this.key = new RSAKey.Builder(FIRST).keyID(UUID.randomUUID().toString()).build();
    }

    /** Starts one. */
    public static TestIssuer start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        TestIssuer issuer = new TestIssuer(server);
        server.createContext(
                "/acme/.well-known/openid-configuration",
                exchange -> issuer.answer(
                        exchange,
                        200,
                        Map.of(
                                "issuer", issuer.issuer(),
                                "jwks_uri", issuer.issuer() + "/keys",
                                "token_endpoint", issuer.issuer() + "/token",
                                "device_authorization_endpoint", issuer.issuer() + "/device")));
        server.createContext("/acme/keys", exchange -> {
            issuer.keyQuestions.incrementAndGet();
            issuer.answer(exchange, 200, new JWKSet(issuer.key).toJSONObject());
        });
        server.start();
        return issuer;
    }

    /** Answers a path below the issuer's. */
    public void on(String path, Handler handler) {
        server.createContext("/acme" + path, exchange -> {
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Reply reply = handler.reply(form);
            answer(exchange, reply.status(), reply.body());
        });
    }

    /** Answers a form. */
    public interface Handler {
        Reply reply(String form) throws IOException;
    }

    /** An answer in JSON. */
    public record Reply(int status, Map<String, Object> body) {}

    private void answer(HttpExchange exchange, int status, Map<String, Object> body) throws IOException {
        byte[] bytes = JSONObjectUtils.toJSONString(body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(down ? 503 : status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static RSAKey newKey(String name) {
        try {
            return new RSAKeyGenerator(2048)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyID(name)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("every JDK makes RSA keys", e);
        }
    }

    /** What its tokens say that they are from. */
    public String issuer() {
        return "http://localhost:" + server.getAddress().getPort() + "/acme";
    }

    /** Signs with another key from now on, and knows no other. */
    public void rotate() {
        key = newKey(UUID.randomUUID().toString());
    }

    /** The same, but the other key has the same name. */
    public void replaceKey() {
        key = newKey(key.getKeyID());
    }

    public RSAKey key() {
        return key;
    }

    /** Answers nothing but errors from now on. */
    public void fail(boolean fails) {
        down = fails;
    }

    /** How often it was asked for its keys. */
    public int keyQuestions() {
        return keyQuestions.get();
    }

    /** The usual claims of an access token of {@code user@acme.test}, in the group {@code engineers}. */
    public JWTClaimsSet.Builder claims(String user) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(issuer())
                .subject("1234")
                .audience(CLIENT)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .claim("email", user)
                .claim("groups", List.of("engineers"));
    }

    /** A token with the usual claims, changed. */
    public String token(String user, Consumer<JWTClaimsSet.Builder> change) {
        JWTClaimsSet.Builder claims = claims(user);
        change.accept(claims);
        return sign(header(key).build(), claims.build(), key);
    }

    /** A token with the usual claims. */
    public String token(String user) {
        return token(user, claims -> {});
    }

    /** The usual header. */
    public static JWSHeader.Builder header(RSAKey key) {
        return new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(JOSEObjectType.JWT)
                .keyID(key.getKeyID());
    }

    public static String sign(JWSHeader header, JWTClaimsSet claims, RSAKey key) {
        try {
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("an RSA key signs", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
