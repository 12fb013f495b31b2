package dev.gatehouse.identity;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * What a provider says of itself.
 *
 * @param keys where its keys are
 * @param tokens where tokens are had
 * @param devices where a program asks for a person to sign in elsewhere; empty where it cannot
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html">OpenID Connect Discovery 1.0</a>
 */
record Metadata(URI keys, Optional<URI> tokens, Optional<URI> devices) {

    /** Asks the provider. Fails with {@link Unanswered}. */
    static CompletableFuture<Metadata> of(String issuer, Web web) {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        return web.get(Provider.address(base + "/.well-known/openid-configuration"))
                .thenApply(document -> read(issuer, document));
    }

    private static Metadata read(String issuer, Map<String, Object> document) {
        if (!issuer.equals(document.get("issuer"))) {
            throw new CompletionException(
                    new Unanswered("the configuration found at " + issuer + " is of another issuer"));
        }
        URI keys = address(document, "jwks_uri")
                .orElseThrow(() ->
                        new CompletionException(new Unanswered("the configuration of " + issuer + " names no keys")));
        return new Metadata(
                keys, address(document, "token_endpoint"), address(document, "device_authorization_endpoint"));
    }

    private static Optional<URI> address(Map<String, Object> document, String name) {
        if (!(document.get(name) instanceof String text)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Provider.address(text));
        } catch (IllegalArgumentException e) {
            throw new CompletionException(new Unanswered("the provider's " + name + ": " + e.getMessage(), e));
        }
    }
}
