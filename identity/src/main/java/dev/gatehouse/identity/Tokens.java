package dev.gatehouse.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.gatehouse.firewall.session.TokenVerdict;
import dev.gatehouse.firewall.session.TokenVerdict.Refused;
import dev.gatehouse.firewall.session.TokenVerdict.Unavailable;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Checks tokens by what their issuers say of themselves. A token is never told anybody, in whole or in part. Safe for many
 * threads.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9068">RFC 9068, JWT Profile for OAuth 2.0 Access Tokens</a>
 */
public final class Tokens {

    /** More than any that drivers carry. */
    private static final int MOST_CHARACTERS = 10_000;

    private final Map<String, Known> providers = new LinkedHashMap<>();
    private final InstantSource clock;

    private record Known(Provider provider, KeyRing keys) {

        /** Whether the provider has signed a token. Fails with {@link Unanswered} where nobody knows. */
        CompletionStage<Boolean> check(SignedJWT token) {
            return keys.fitting(token.getHeader()).thenCompose(fitting -> {
                if (fitting.isEmpty() || Signature.holds(token, fitting)) {
                    return CompletableFuture.completedFuture(!fitting.isEmpty());
                }
                return keys.newest(token.getHeader())
                        .handle((newest, fault) -> fault == null && Signature.holds(token, newest));
            });
        }
    }

    /**
     * @param providers whose tokens are taken; those that do not give their tokens as passwords are left out
     * @param clock tells whether a token counts yet, and still
     * @param nanos as {@link System#nanoTime}
     * @param threads what runs when providers answer
     */
    public Tokens(List<Provider> providers, InstantSource clock, LongSupplier nanos, Executor threads) {
        this.clock = clock;
        for (Provider provider : providers) {
            if (provider.tokensAsPasswords()) {
                Web web = new Web(provider.ca(), threads);
                KeyRing keys = new KeyRing(
                        () -> Metadata.of(provider.issuer(), web).thenCompose(metadata -> web.get(metadata.keys())),
                        nanos);
                this.providers.put(provider.issuer(), new Known(provider, keys));
            }
        }
    }

    /** Whether somebody may vouch for a user of that name. */
    public boolean mayVouchFor(String user) {
        return providers.values().stream().anyMatch(known -> known.provider().vouchesFor(user));
    }

    /** Checks what was told as this user's password. Reads and computes for some tenths of a millisecond; does not wait. */
    public CompletionStage<TokenVerdict> verify(String user, String token) {
        SignedJWT signed;
        JWTClaimsSet claims;
        try {
            if (token.length() > MOST_CHARACTERS) {
                return done(new Refused("it is longer than any token that is taken", ""));
            }
            signed = SignedJWT.parse(token);
            claims = signed.getJWTClaimsSet();
        } catch (ParseException | IllegalArgumentException | IllegalStateException e) {
            return done(new Refused("what was told is no signed token", ""));
        }
        Known known = claims.getIssuer() == null ? null : providers.get(claims.getIssuer());
        if (known == null || !known.provider().vouchesFor(user)) {
            return done(new Refused("its issuer is nobody who vouches for this user", ""));
        }
        Provider provider = known.provider();
        Optional<String> objection =
                Signature.objection(signed.getHeader(), provider.demands().algorithms());
        if (objection.isPresent()) {
            return done(new Refused(objection.get(), ""));
        }
        return known.check(signed).handle((held, fault) -> {
            if (fault != null) {
                return new Unavailable(provider.name() + ": " + reason(fault));
            }
            return held
                    ? new Claims(provider, claims, clock.instant()).verdict(user)
                    : new Refused("its issuer has not signed it", "");
        });
    }

    private static CompletionStage<TokenVerdict> done(TokenVerdict verdict) {
        return CompletableFuture.completedFuture(verdict);
    }

    /** Why something that was to come did not. */
    static String reason(Throwable fault) {
        Throwable cause = fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
        return cause instanceof Unanswered unanswered ? unanswered.text() : cause.toString();
    }
}
