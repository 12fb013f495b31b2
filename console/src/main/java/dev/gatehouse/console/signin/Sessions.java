package dev.gatehouse.console.signin;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who is signed in. In memory: whoever was signed in when the gateway ends signs in again. Safe for many threads.
 *
 * <p>A browser is known by a token of 256 random bits, new at every sign-in; what is kept here is its SHA-256, so that a look
 * at this memory lets nobody in.
 */
public final class Sessions {

    static final int MOST = 10_000;
    static final int MOST_OF_ONE = 20;
    private static final int TOKEN_BYTES = 32;

    private final Duration lifetime;
    private final Duration idle;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /** By the token's hash, the longest idle first; guarded by itself. */
    private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

    private static final class Kept {
        final String name;
        final Standing standing;
        final String pass;
        final Instant ends;
        Instant seen;

        Kept(String name, Standing standing, String pass, Instant now, Instant ends) {
            this.name = name;
            this.standing = standing;
            this.pass = pass;
            this.seen = now;
            this.ends = ends;
        }
    }

    /**
     * @param lifetime after which everybody signs in again
     * @param idle after which whoever did nothing does so too
     */
    public Sessions(Duration lifetime, Duration idle, InstantSource clock) {
        this.lifetime = lifetime;
        this.idle = idle;
        this.clock = clock;
    }

    /**
     * Begins a session. Of too many, of one person or altogether, the one that was idle the longest ends.
     *
     * @param name who signed in
     * @return the token the browser is known by
     */
    public String open(String name, Standing standing) {
        String token = draw();
        Instant now = clock.instant();
        synchronized (kept) {
            kept.values().removeIf(session -> isOver(session, now));
            makeRoom(name);
            kept.put(hash(token), new Kept(name, standing, draw(), now, now.plus(lifetime)));
        }
        return token;
    }

    private void makeRoom(String name) {
        long own = kept.values().stream()
                .filter(session -> session.name.equals(name))
                .count();
        boolean full = kept.size() >= MOST;
        for (Iterator<Kept> all = kept.values().iterator(); all.hasNext() && (own >= MOST_OF_ONE || full); ) {
            Kept oldest = all.next();
            boolean isOwn = oldest.name.equals(name);
            if (isOwn || full) {
                all.remove();
                own -= isOwn ? 1 : 0;
                full = false;
            }
        }
    }

    /**
     * Who holds a token; coming counts as doing something.
     *
     * @param source where they come from now
     */
    public Optional<WebSession> find(String token, InetAddress source) {
        return find(token, source, true);
    }

    /** As {@link #find}, for what a page does by itself while nobody does anything. */
    public Optional<WebSession> glance(String token, InetAddress source) {
        return find(token, source, false);
    }

    private Optional<WebSession> find(String token, InetAddress source, boolean isAwake) {
        String hash = hash(token);
        Instant now = clock.instant();
        Kept session;
        synchronized (kept) {
            session = kept.get(hash);
            if (session == null) {
                return Optional.empty();
            }
            if (isOver(session, now)) {
                kept.remove(hash);
                return Optional.empty();
            }
            if (isAwake) {
                session.seen = now;
            }
        }
        Standing standing = session.standing;
        String pass = session.pass;
        return standing.now(source).map(subject -> new WebSession(subject, pass));
    }

    /** Ends the session of a token; nothing where there is none. */
    public void end(String token) {
        synchronized (kept) {
            kept.remove(hash(token));
        }
    }

    private boolean isOver(Kept session, Instant now) {
        return !now.isBefore(session.ends) || !now.isBefore(session.seen.plus(idle));
    }

    private String draw() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String hash(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
