package dev.gatehouse.identity;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ForkJoinPool;

/**
 * Signs a person in from a program without a browser: they go elsewhere, with a code. What it asks waits for the answer, so it
 * is for command lines.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8628">RFC 8628, OAuth 2.0 Device Authorization Grant</a>
 */
public final class SignIn {

    private static final String DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";
    private static final long MOST_SECONDS = 24 * 60 * 60;
    private static final Duration SLOWER = Duration.ofSeconds(5);

    private final Provider provider;
    private final Web web;
    private final Metadata metadata;

    private SignIn(Provider provider, Web web, Metadata metadata) {
        this.provider = provider;
        this.web = web;
        this.metadata = metadata;
    }

    /** What becomes of asking whether the person has signed in. */
    public sealed interface Progress {

        /** They have not yet; it is to be asked again after a while. */
        record Waiting(Duration next) implements Progress {}

        /** They have. */
        record Done(Grant grant) implements Progress {}

        /** They have not, and will not. */
        record Refused(String error) implements Progress {}
    }

    /**
     * What a person is told.
     *
     * @param code of this program, for asking
     * @param userCode what they type
     * @param page where they type it
     * @param whole the same with the code in it; empty for none
     * @param lifetime how long they may take
     * @param interval how often it may be asked
     */
    public record Device(
            String code, String userCode, URI page, Optional<URI> whole, Duration lifetime, Duration interval) {
        @Override
        public String toString() {
            return userCode;
        }
    }

    /** Asks a provider how one signs in. */
    public static SignIn at(Provider provider) throws Unanswered {
        Web web = new Web(provider.ca(), ForkJoinPool.commonPool());
        return new SignIn(provider, web, answered(Metadata.of(provider.issuer(), web)));
    }

    /** Begins: answers what the person is to be told. */
    public Device begin() throws Unanswered {
        URI address = metadata.devices()
                .orElseThrow(() -> new Unanswered("the provider has no way to sign in from a command line"));
        Map<String, String> form = client();
        form.put("scope", String.join(" ", provider.client().scopes()));
        Web.Reply reply = answered(web.post(address, form));
        if (!reply.isGood()) {
            throw new Unanswered("the provider refuses to begin: " + error(reply.body()));
        }
        Map<String, Object> body = reply.body();
        return new Device(
                text(body, "device_code").orElseThrow(() -> missing("device_code")),
                text(body, "user_code").orElseThrow(() -> missing("user_code")),
                page(body, "verification_uri").orElseThrow(() -> missing("verification_uri")),
                page(body, "verification_uri_complete"),
                seconds(body, "expires_in", 300),
                seconds(body, "interval", 5));
    }

    /** Asks whether the person has signed in. */
    public Progress ask(Device device, Duration interval) throws Unanswered {
        Map<String, String> form = client();
        form.put("grant_type", DEVICE_GRANT);
        form.put("device_code", device.code());
        Web.Reply reply = tokens(form);
        if (reply.isGood()) {
            return new Progress.Done(Grant.of(reply.body()));
        }
        String error = error(reply.body());
        return switch (error) {
            case "authorization_pending" -> new Progress.Waiting(interval);
            case "slow_down" -> new Progress.Waiting(interval.plus(SLOWER));
            default -> new Progress.Refused(error);
        };
    }

    /** Asks for new tokens without the person; answers nothing where they must sign in again. */
    public Optional<Grant> refresh(String refreshToken) throws Unanswered {
        Map<String, String> form = client();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", refreshToken);
        Web.Reply reply = tokens(form);
        if (reply.status() >= 500) {
            throw new Unanswered("the provider answered " + reply.status());
        }
        return reply.isGood() ? Optional.of(Grant.of(reply.body())) : Optional.empty();
    }

    private Web.Reply tokens(Map<String, String> form) throws Unanswered {
        URI address = metadata.tokens().orElseThrow(() -> new Unanswered("the provider gives no tokens"));
        return answered(web.post(address, form));
    }

    private Map<String, String> client() {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_id", provider.client().id());
        provider.client().secret().ifPresent(secret -> form.put("client_secret", secret.reveal()));
        return form;
    }

    private static Unanswered missing(String member) {
        return new Unanswered("the provider's answer has no " + member);
    }

    private static String error(Map<String, Object> body) {
        return text(body, "error").orElse("an answer that is none");
    }

    private static Optional<URI> page(Map<String, Object> body, String member) throws Unanswered {
        Optional<String> text = text(body, member);
        try {
            return text.map(Provider::address);
        } catch (IllegalArgumentException e) {
            throw new Unanswered("the provider's " + member + ": " + e.getMessage(), e);
        }
    }

    private static Duration seconds(Map<String, Object> body, String member, long otherwise) {
        long seconds = body.get(member) instanceof Number number ? number.longValue() : otherwise;
        return Duration.ofSeconds(Math.max(1, Math.min(MOST_SECONDS, seconds)));
    }

    private static Optional<String> text(Map<String, Object> body, String member) {
        return body.get(member) instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    private static <T> T answered(CompletableFuture<T> future) throws Unanswered {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Unanswered known ? known : new Unanswered(Tokens.reason(e), e);
        }
    }
}
