package dev.gatehouse.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.gatehouse.firewall.session.Pass;
import dev.gatehouse.firewall.session.Subject;
import dev.gatehouse.firewall.session.TokenVerdict;
import dev.gatehouse.firewall.session.TokenVerdict.Refused;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the claims of a token say whose signature holds. */
final class Claims {

    private static final int MOST_GROUPS = 1000;
    private static final int MOST_CHARACTERS = 256;
    /** What Keycloak writes into access and ID tokens; its other tokens are not for showing around. */
    private static final Set<String> KEYCLOAK_TYPES = Set.of("Bearer", "ID");

    private static final String GET_ANOTHER = "Get another one: gatehouse token.";

    private final Provider provider;
    private final JWTClaimsSet claims;
    private final Instant now;

    Claims(Provider provider, JWTClaimsSet claims, Instant now) {
        this.provider = provider;
        this.claims = claims;
        this.now = now;
    }

    /** Whether they let somebody in as this user. */
    TokenVerdict verdict(String user) {
        Optional<Refused> refused =
                kind().or(this::time).or(this::audience).or(this::demanded).or(() -> name(user));
        return refused.isPresent() ? refused.get() : new TokenVerdict.Accepted(new Pass(subject(user), until()));
    }

    private static Optional<Refused> refused(String reason) {
        return Optional.of(new Refused(reason, ""));
    }

    private Optional<Refused> kind() {
        if (claims.getClaim("cnf") != null) {
            return refused("it is bound to a key that nobody has shown (cnf)");
        }
        if (claims.getClaim("events") != null
                || (claims.getClaim("typ") instanceof String type && !KEYCLOAK_TYPES.contains(type))) {
            return refused("it is no access token and no ID token");
        }
        return Optional.empty();
    }

    private Optional<Refused> time() {
        Instant expires = instant(claims.getExpirationTime());
        Instant begins = instant(claims.getNotBeforeTime());
        Instant issued = instant(claims.getIssueTime());
        if (expires == null) {
            return refused("it never expires (exp)");
        }
        if (!now.isBefore(expires.plus(provider.demands().skew()))) {
            return Optional.of(new Refused("it has expired", "The token has expired. " + GET_ANOTHER));
        }
        Instant latest = now.plus(provider.demands().skew());
        if (begins != null && begins.isAfter(latest)) {
            return refused("it does not count yet (nbf)");
        }
        return issued != null && issued.isAfter(latest) ? refused("it is of a time to come (iat)") : Optional.empty();
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }

    private Optional<Refused> audience() {
        return claims.getAudience().stream().anyMatch(provider.demands().audiences()::contains)
                ? Optional.empty()
                : Optional.of(new Refused("it is meant for others (aud)", "The token is meant for another service."));
    }

    private Optional<Refused> demanded() {
        for (Map.Entry<String, String> demand : provider.demands().claims().entrySet()) {
            Object value = claim(demand.getKey());
            boolean fits = value instanceof Collection<?> several
                    ? several.contains(demand.getValue())
                    : value != null && demand.getValue().equals(value.toString());
            if (!fits) {
                return refused("the claim \"" + demand.getKey() + "\" is not as asked for");
            }
        }
        return Optional.empty();
    }

    private Optional<Refused> name(String user) {
        String claim = provider.reading().user();
        if (!(claim(claim) instanceof String name) || name.isEmpty() || name.length() > MOST_CHARACTERS) {
            return refused("the claim \"" + claim + "\" names no user");
        }
        if (!name.equals(user)) {
            return Optional.of(new Refused("it is another user's", "The token is another user's."));
        }
        Object verified = claims.getClaim("email_verified");
        boolean unverified = claim.equals("email") && verified != null && !"true".equals(verified.toString());
        if (unverified && !provider.reading().unverifiedEmail()) {
            return refused("the provider has not verified the email (email_verified)");
        }
        return provider.reading().kind().isPresent() && subjectKind().isEmpty()
                ? refused("the claim \"" + provider.reading().kind().get() + "\" is not human, agent or service")
                : Optional.empty();
    }

    private Optional<Subject.Kind> subjectKind() {
        if (provider.reading().kind().isEmpty()) {
            return Optional.of(Subject.Kind.HUMAN);
        }
        return provider.reading()
                .kind()
                .map(this::claim)
                .map(Object::toString)
                .flatMap(word -> List.of(Subject.Kind.values()).stream()
                        .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(word))
                        .findFirst());
    }

    private Subject subject(String user) {
        Optional<String> owner = provider.reading()
                .owner()
                .map(this::claim)
                .map(Object::toString)
                .filter(name -> !name.isEmpty());
        return new Subject(user, subjectKind().orElseThrow(), groups(), owner);
    }

    private Set<String> groups() {
        Object written = claim(provider.reading().groups());
        Set<String> groups = new HashSet<>();
        Collection<?> listed =
                written instanceof Collection<?> several ? several : written == null ? List.of() : List.of(written);
        listed.stream()
                .filter(String.class::isInstance)
                .limit(MOST_GROUPS)
                .forEach(group -> groups.add((String) group));
        return groups;
    }

    /** A claim; where none has the whole name, dots lead into objects. */
    private @Nullable Object claim(String name) {
        Object whole = claims.getClaim(name);
        if (whole != null || name.indexOf('.') < 0) {
            return whole;
        }
        Object at = claims.getClaims();
        for (String step : name.split("\\.", -1)) {
            at = at instanceof Map<?, ?> object ? object.get(step) : null;
        }
        return at;
    }

    /** Of a token that is taken only since clocks differ, as long as they may differ. */
    private Instant until() {
        Instant expires = claims.getExpirationTime().toInstant();
        Instant end =
                expires.isAfter(now) ? expires : expires.plus(provider.demands().skew());
        Instant longest = now.plus(provider.demands().longest());
        return end.isBefore(longest) ? end : longest;
    }
}
