package dev.gatehouse.gateway.notify;

import dev.gatehouse.approvals.Notice;
import dev.gatehouse.approvals.Notices;
import dev.gatehouse.firewall.approval.Approvals.Unavailable;
import dev.gatehouse.gateway.settings.Settings.Webhook;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one webhook what happens to requests, on a thread of its own: a webhook that is slow or down delays nobody, neither
 * statements nor other webhooks. What it answers decides nothing but whether it is told again.
 */
public final class Courier implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int SUCCESS = 2;
    private static final int HUNDRED = 100;

    /** How long to wait before the next attempt; behind the last one it is given up, after two days. */
    private static final Duration[] PAUSES = {
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15),
        Duration.ofHours(1),
        Duration.ofHours(4),
        Duration.ofHours(12),
        Duration.ofHours(30)
    };

    private final Webhook hook;
    private final Notices notices;
    private final Optional<URI> console;
    private final String gateway;
    private final InstantSource clock;
    private final Signature signature;
    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();
    private final ScheduledExecutorService thread;
    private boolean known;
    private volatile CompletableFuture<?> underWay = CompletableFuture.completedFuture("");
    private volatile boolean closing;

    private Courier(Webhook hook, Notices notices, Optional<URI> console, String gateway, InstantSource clock) {
        this.hook = hook;
        this.notices = notices;
        this.console = console;
        this.gateway = gateway;
        this.clock = clock;
        this.signature = new Signature(hook.secret());
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "webhook-" + hook.name());
            made.setDaemon(true);
            return made;
        });
    }

    /**
     * Starts to tell.
     *
     * @param console where people decide; empty for nowhere
     * @param gateway what this gateway is called
     */
    public static Courier start(
            Webhook hook, Notices notices, Optional<URI> console, String gateway, InstantSource clock) {
        Courier courier = new Courier(hook, notices, console, gateway, clock);
        Future<?> unused = courier.thread.scheduleWithFixedDelay(courier::round, 0, 500, TimeUnit.MILLISECONDS);
        return courier;
    }

    private void round() {
        if (closing) {
            return;
        }
        try {
            if (!known) {
                notices.begin(hook.name());
                known = true;
            }
            for (Notice notice : notices.take(hook.name())) {
                if (!closing) {
                    tell(notice);
                }
            }
        } catch (Unavailable e) {
            LOG.debug("webhook {}: what is to be told is looked at later", hook.name(), e);
        } catch (RuntimeException e) {
            LOG.error("webhook {} could not be told", hook.name(), e);
        }
    }

    private void tell(Notice notice) {
        Message message = Message.of(notice, hook.sql(), console, gateway);
        if (!hook.events().contains(message.event())) {
            notices.told(hook.name(), notice);
            return;
        }
        String fault = send(message);
        if (fault.isEmpty()) {
            notices.told(hook.name(), notice);
        } else if (notice.attempt() < PAUSES.length) {
            LOG.warn("webhook {} did not take {} and is told again: {}", hook.name(), message.id(), fault);
            notices.later(hook.name(), notice, PAUSES[notice.attempt()]);
        } else {
            LOG.error(
                    "webhook {} did not take {} for two days, and is not told again: {}",
                    hook.name(),
                    message.id(),
                    fault);
            notices.told(hook.name(), notice);
        }
    }

    /** Sends a message; answers what went wrong, without what the other side said. */
    private String send(Message message) {
        long seconds = clock.instant().getEpochSecond();
        HttpRequest request = HttpRequest.newBuilder(hook.url())
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .header("webhook-id", message.id())
                .header("webhook-timestamp", Long.toString(seconds))
                .header("webhook-signature", signature.of(message.id(), seconds, message.body()))
                .POST(HttpRequest.BodyPublishers.ofString(message.body()))
                .build();
        CompletableFuture<HttpResponse<Void>> sent = client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        underWay = sent;
        if (closing) {
            sent.cancel(true);
        }
        return sent.orTimeout(ANSWER.toSeconds(), TimeUnit.SECONDS)
                .handle((answer, fault) -> {
                    if (answer == null) {
                        Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
                        return cause == null ? "no answer" : cause.getClass().getSimpleName();
                    }
                    return answer.statusCode() / HUNDRED == SUCCESS ? "" : "it answered " + answer.statusCode();
                })
                .join();
    }

    /** Never interrupts: a thread that is interrupted in the store would leave it closed. */
    @Override
    public void close() {
        closing = true;
        underWay.cancel(true);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(ANSWER.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("webhook {} is still being told", hook.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
