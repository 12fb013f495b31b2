package dev.gatehouse.console;

import java.net.URI;
import java.util.Optional;

/** The cookie by which a browser is known. No script reads it, no other site has it sent, and over TLS it never goes in clear. */
final class Badge {

    /** Browsers take it only from this host, over TLS, and for all of it. */
    private static final String SECURE = "__Host-gatehouse";

    private static final String PLAIN = "gatehouse";

    private final boolean publicIsEncrypted;

    Badge(Optional<URI> publicUrl) {
        this.publicIsEncrypted = publicUrl
                .filter(url -> "https".equalsIgnoreCase(url.getScheme()))
                .isPresent();
    }

    /** The token a visitor shows. */
    Optional<String> token(Visit visit) {
        return visit.cookie(name(visit));
    }

    /** Has the browser keep a token until it is closed. */
    Reply give(Visit visit, Reply reply, String token) {
        return reply.with("Set-Cookie", name(visit) + "=" + token + attributes(visit));
    }

    /** Has the browser forget it. */
    Reply take(Visit visit, Reply reply) {
        return reply.with("Set-Cookie", name(visit) + "=" + attributes(visit) + "; Max-Age=0");
    }

    private String name(Visit visit) {
        return isSecure(visit) ? SECURE : PLAIN;
    }

    private String attributes(Visit visit) {
        return "; Path=/; HttpOnly; SameSite=Strict" + (isSecure(visit) ? "; Secure" : "");
    }

    private boolean isSecure(Visit visit) {
        return visit.encrypted() || publicIsEncrypted;
    }
}
