package dev.gatehouse.identity;

import com.nimbusds.jose.JWSAlgorithm;
import dev.gatehouse.firewall.policy.Glob;
import dev.gatehouse.firewall.session.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An OpenID Connect provider, and what is asked of its tokens.
 *
 * @param name the gateway's own name for it
 * @param issuer what its tokens must say, to the letter, and where its configuration is found
 * @param client the gateway at the provider
 * @param ca who issues the provider's own certificate, in PEM; empty for the JDK's list
 * @param demands what a token must say
 * @param reading which claims say who somebody is
 * @param users the names it may vouch for
 * @param tokensAsPasswords whether its tokens are taken as passwords
 */
public record Provider(
        String name,
        String issuer,
        Client client,
        Optional<String> ca,
        Demands demands,
        Reading reading,
        List<Glob> users,
        boolean tokensAsPasswords) {

    /** All that are signed by a key pair: none by a shared secret, and not {@code none}. */
    private static final List<JWSAlgorithm> ALGORITHMS = List.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    public Provider {
        address(issuer);
        users = List.copyOf(users);
    }

    /**
     * The gateway as the provider knows it.
     *
     * @param secret empty for a public client
     * @param scopes what signing in asks for
     */
    public record Client(String id, Optional<Secret> secret, List<String> scopes) {
        public Client {
            scopes = List.copyOf(scopes);
        }
    }

    /**
     * What a token must say.
     *
     * @param audiences one of them must be among those it is meant for
     * @param algorithms one of them must have signed it
     * @param claims must be in it with these values
     * @param skew how far the provider's clock may be from ours
     * @param longest how long a session may last that began with one
     */
    public record Demands(
            Set<String> audiences,
            Set<String> algorithms,
            Map<String, String> claims,
            Duration skew,
            Duration longest) {
        public Demands {
            audiences = Set.copyOf(audiences);
            algorithms = Set.copyOf(algorithms);
            claims = Map.copyOf(claims);
        }
    }

    /**
     * Which claims say who somebody is.
     *
     * @param user holds the name
     * @param groups holds the groups; dots lead into objects
     * @param kind holds {@code human}, {@code agent} or {@code service}; empty where all are human
     * @param owner holds whom an agent or service acts for; empty where none does
     * @param unverifiedEmail whether an {@code email} counts of which the provider says that it is not verified
     */
    public record Reading(
            String user, String groups, Optional<String> kind, Optional<String> owner, boolean unverifiedEmail) {}

    /** The names of the algorithms that may be asked for. */
    public static Set<String> algorithms() {
        Set<String> names = new LinkedHashSet<>();
        ALGORITHMS.forEach(algorithm -> names.add(algorithm.getName()));
        return names;
    }

    /** Whether it may vouch for a user of that name. */
    boolean vouchesFor(String user) {
        return users.stream().anyMatch(glob -> glob.matches(user));
    }

    /**
     * Reads an address of a provider: under TLS, but on this machine.
     *
     * @throws IllegalArgumentException if it is none; the message says why
     */
    public static URI address(String text) {
        URI address = URI.create(text);
        String host = address.getHost();
        if (host == null || address.getRawUserInfo() != null || address.getRawFragment() != null) {
            throw new IllegalArgumentException("it is an address such as https://login.acme.test/realms/acme");
        }
        boolean local = host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]{1,3}){3}");
        if (!"https".equals(address.getScheme()) && !("http".equals(address.getScheme()) && local)) {
            throw new IllegalArgumentException(
                    "it begins with https://: what a provider says in clear text, anybody may have said");
        }
        return address;
    }
}
