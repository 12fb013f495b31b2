package dev.gatehouse.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import java.text.ParseException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a provider gives whoever has signed in.
 *
 * @param accessToken may be of a form that only the provider reads
 * @param idToken who it is; empty where it was not asked for
 * @param refreshToken gets new ones without signing in; empty where there is none
 */
public record Grant(Optional<String> accessToken, Optional<String> idToken, Optional<String> refreshToken) {

    static Grant of(Map<String, Object> answer) {
        return new Grant(text(answer, "access_token"), text(answer, "id_token"), text(answer, "refresh_token"));
    }

    private static Optional<String> text(Map<String, Object> answer, String member) {
        return answer.get(member) instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    /** This one, with what it lacks from the one before. */
    public Grant orElse(Grant former) {
        return new Grant(accessToken, idToken, refreshToken.or(former::refreshToken));
    }

    /**
     * A token to show a gateway.
     *
     * @param user whom it names; empty where it does not
     * @param expires when it does
     */
    public record Shown(String token, String user, Instant expires) {
        @Override
        public String toString() {
            return "a token of " + user;
        }
    }

    /** The token that a gateway takes with this provider: one that is meant for it. Its signature is the gateway's to check. */
    public Optional<Shown> shownTo(Provider provider) {
        return Stream.of(idToken, accessToken)
                .flatMap(Optional::stream)
                .flatMap(token -> shown(token, provider).stream())
                .findFirst();
    }

    private static Optional<Shown> shown(String token, Provider provider) {
        try {
            JWTClaimsSet claims = JWTParser.parse(token).getJWTClaimsSet();
            boolean meant = claims != null
                    && claims.getExpirationTime() != null
                    && claims.getAudience().stream().anyMatch(provider.demands().audiences()::contains);
            if (!meant) {
                return Optional.empty();
            }
            Object user = claims.getClaim(provider.reading().user());
            return Optional.of(new Shown(
                    token,
                    user instanceof String name ? name : "",
                    claims.getExpirationTime().toInstant()));
        } catch (ParseException e) {
            return Optional.empty(); // An access token of the provider's own form.
        }
    }

    @Override
    public String toString() {
        return "tokens";
    }
}
