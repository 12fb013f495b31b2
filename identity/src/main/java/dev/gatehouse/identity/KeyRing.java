package dev.gatehouse.identity;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A provider's keys, kept for a while. They are asked for again, behind what goes on, once they are not fresh; and at once where
 * none of them fits, as the provider may have new ones, but not as often as anybody likes. Safe for many threads.
 */
final class KeyRing {

    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);

    /** After which time they are asked for again. */
    static final Duration FRESH = Duration.ofMinutes(5);
    /** How long they count where the provider does not answer. */
    static final Duration LIFETIME = Duration.ofHours(1);

    private static final int QUESTIONS = 5;
    private static final Duration QUESTION_EACH = Duration.ofSeconds(10);

    private final Supplier<CompletableFuture<Map<String, Object>>> source;
    private final LongSupplier nanos;
    private final Allowance questions;
    private @Nullable Keys keys;
    private @Nullable CompletableFuture<Keys> asking;

    private record Keys(List<JWK> keys, long since) {

        List<JWK> fitting(JWSHeader header) {
            return keys.stream().filter(key -> Signature.fits(key, header)).toList();
        }
    }

    /**
     * @param source asks the provider for its key set
     * @param nanos as {@link System#nanoTime}
     */
    KeyRing(Supplier<CompletableFuture<Map<String, Object>>> source, LongSupplier nanos) {
        this.source = source;
        this.nanos = nanos;
        this.questions = new Allowance(QUESTIONS, QUESTION_EACH, nanos);
    }

    /** The keys that may have signed what has this header; none where there is no such key. Fails with {@link Unanswered}. */
    CompletionStage<List<JWK>> fitting(JWSHeader header) {
        Keys known = keys();
        long age = known == null ? 0 : nanos.getAsLong() - known.since();
        if (known == null || age > LIFETIME.toNanos()) {
            return ask().thenApply(asked -> asked.fitting(header));
        }
        List<JWK> fitting = known.fitting(header);
        if (fitting.isEmpty()) {
            return ask().thenApply(asked -> asked.fitting(header));
        }
        if (age > FRESH.toNanos()) {
            Future<?> unused = ask();
        }
        return CompletableFuture.completedFuture(fitting);
    }

    /** The same, asked for anew: the provider may have given another key the same name. */
    CompletionStage<List<JWK>> newest(JWSHeader header) {
        return ask().thenApply(asked -> asked.fitting(header));
    }

    private synchronized @Nullable Keys keys() {
        return keys;
    }

    /** Asks the provider, where nobody does so already and it was not asked too often. */
    private CompletableFuture<Keys> ask() {
        CompletableFuture<Keys> asked;
        synchronized (this) {
            if (asking != null) {
                return asking;
            }
            if (!questions.take()) {
                return CompletableFuture.failedFuture(new Unanswered("it was asked for its keys often enough"));
            }
            asked = new CompletableFuture<>();
            asking = asked;
        }
        Future<?> unused = question().thenApply(this::read).whenComplete((read, fault) -> {
            synchronized (this) {
                asking = null;
                keys = fault == null ? read : keys;
            }
            if (fault == null) {
                asked.complete(read);
            } else {
                LOG.warn("the keys of an identity provider cannot be had: {}", Tokens.reason(fault));
                asked.completeExceptionally(fault);
            }
        });
        return asked;
    }

    private CompletableFuture<Map<String, Object>> question() {
        try {
            return source.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Keys read(Map<String, Object> set) {
        List<JWK> read = new ArrayList<>();
        if (set.get("keys") instanceof List<?> listed) {
            for (Object each : listed) {
                key(each, read);
            }
        }
        return new Keys(List.copyOf(read), nanos.getAsLong());
    }

    private static void key(Object written, List<JWK> to) {
        if (written instanceof Map<?, ?> map) {
            try {
                Map<String, Object> members = new LinkedHashMap<>();
                map.forEach((name, value) -> members.put(String.valueOf(name), value));
                to.add(JWK.parse(members));
            } catch (ParseException | IllegalArgumentException | IllegalStateException e) {
                LOG.debug("a key of an identity provider is of a kind unknown here: {}", e.getMessage());
            }
        }
    }
}
