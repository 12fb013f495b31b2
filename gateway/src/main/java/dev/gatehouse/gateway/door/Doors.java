package dev.gatehouse.gateway.door;

import dev.gatehouse.firewall.policy.Policy;
import dev.gatehouse.firewall.session.Arrival;
import dev.gatehouse.firewall.session.CertificateName;
import dev.gatehouse.firewall.session.Credentials;
import dev.gatehouse.firewall.session.Entrance;
import dev.gatehouse.firewall.session.Login;
import dev.gatehouse.firewall.session.Pass;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.session.Subject;
import dev.gatehouse.firewall.session.TokenVerdict;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.session.Wishes;
import dev.gatehouse.gateway.settings.Settings.Identity;
import dev.gatehouse.gateway.settings.Settings.LocalUser;
import dev.gatehouse.identity.Tokens;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Lets users in, those of the configuration and those whom identity providers vouch for: checks where they come from, finds the
 * upstream they mean, and the login the policy gives them.
 * Safe for many threads.
 */
public final class Doors implements Entrance {

    private static final String LOGIN = "gatehouse.login";
    private static final String REASON = "gatehouse.reason";
    private static final String HOLD = "gatehouse.hold";

    private final Destinations destinations;
    private final Supplier<Policy> policy;
    private final Map<String, LocalUser> users = new HashMap<>();
    private final Strangers strangers;
    private final List<Strangers.Shape> shapes;
    private final Headcount headcount;
    private final Tokens tokens;

    /**
     * @param identity the local users
     * @param upstreams the servers of this protocol
     * @param defaultUpstream the one for database names that name no upstream
     * @param strangers what unknown users are checked against
     * @param headcount of all doors together
     * @param tokens checks those of identity providers
     */
    public Doors(
            Identity identity,
            List<Upstream> upstreams,
            Optional<String> defaultUpstream,
            Supplier<Policy> policy,
            Strangers strangers,
            Headcount headcount,
            Tokens tokens) {
        identity.localUsers().forEach(user -> users.put(user.subject().name(), user));
        this.strangers = strangers;
        this.shapes = Strangers.shapes(identity.localUsers().stream()
                .flatMap(user -> user.credentials().stream())
                .toList());
        this.destinations = new Destinations(upstreams, defaultUpstream);
        this.policy = policy;
        this.headcount = headcount;
        this.tokens = tokens;
    }

    /** Takes the same steps for every name; a user without a password looks unknown to whoever lacks the certificate. */
    @Override
    public Credentials credentials(String user) {
        Credentials strange = strangers.credentials(user, shapes);
        LocalUser known = users.get(user);
        return known == null ? strange : known.credentials().orElse(strange);
    }

    @Override
    public boolean isProved(String user, Arrival arrival) {
        LocalUser known = users.get(user);
        return known != null
                && known.credentials().isEmpty()
                && known.certificate().isPresent()
                && hasShown(known.certificate(), arrival);
    }

    /** Whether a client has shown a certificate of that name, or need not. */
    private static boolean hasShown(Optional<CertificateName> asked, Arrival arrival) {
        return asked.isEmpty()
                || arrival.certificate().filter(asked.get()::isOf).isPresent();
    }

    /** A name the gateway itself knows is nobody else's to vouch for. */
    @Override
    public boolean takesTokens(String user, Arrival arrival) {
        return arrival.encrypted() && !users.containsKey(user) && tokens.mayVouchFor(user);
    }

    @Override
    public CompletionStage<TokenVerdict> verify(String user, String token) {
        return tokens.verify(user, token);
    }

    @Override
    public Admission admit(long number, Pass pass, String database, Arrival arrival, Map<String, String> options) {
        return admit(number, pass.subject(), Optional.of(pass.until()), database, arrival, options);
    }

    @Override
    public Admission admit(long number, String user, String database, Arrival arrival, Map<String, String> options) {
        LocalUser known = users.get(user);
        if (known == null) {
            return new Admission.Denied(Reason.NOT_ALLOWED, "user \"" + user + "\" is not known", "");
        }
        if (!known.source().isEmpty() && known.source().stream().noneMatch(range -> range.contains(arrival.source()))) {
            return new Admission.Denied(
                    Reason.NOT_ALLOWED,
                    "user \"" + user + "\" may not come from "
                            + arrival.source().getHostAddress(),
                    "The user's source networks are set in identity.local_users.");
        }
        if (!hasShown(known.certificate(), arrival)) {
            return new Admission.Denied(
                    Reason.NOT_ALLOWED,
                    "user \"" + user + "\" must show a client certificate that was issued to it",
                    "The certificate's name is set in identity.local_users, its issuer in listen.tls.client_ca.");
        }
        return admit(number, known.subject(), Optional.empty(), database, arrival, options);
    }

    private Admission admit(
            long number,
            Subject subject,
            Optional<Instant> until,
            String database,
            Arrival arrival,
            Map<String, String> options) {
        Optional<Destinations.Destination> destination = destinations.find(database);
        if (destination.isEmpty()) {
            return new Admission.Denied(
                    Reason.UNKNOWN_DATABASE,
                    "database \"" + database + "\" does not exist behind this gateway",
                    hint(subject));
        }
        Upstream upstream = destination.get().upstream();
        Optional<String> requested = StartupOptions.of(options, LOGIN);
        Optional<Login> login = policy.get().login(subject, upstream, requested).flatMap(upstream::login);
        if (login.isEmpty()) {
            String what = requested.map(name -> "login \"" + name + "\" of ").orElse("");
            return new Admission.Denied(
                    Reason.NOT_ALLOWED,
                    "user \"" + subject.name() + "\" may not use " + what + "upstream \"" + upstream.name() + "\"",
                    hint(subject));
        }
        Session session = new Session(
                number,
                subject,
                upstream,
                destination.get().database(),
                login.get(),
                arrival.source(),
                options.getOrDefault("application_name", ""),
                arrival.encrypted(),
                until,
                new Wishes(
                        StartupOptions.of(options, REASON).orElse(""),
                        StartupOptions.of(options, HOLD).flatMap(Wishes::time)));
        return headcount.enter(session)
                ? new Admission.Admitted(session)
                : new Admission.Denied(
                        Reason.TOO_MANY,
                        "too many sessions of user \"" + subject.name() + "\" or to upstream \"" + upstream.name()
                                + "\"",
                        "Close sessions that are not in use.");
    }

    /** Names the upstreams this user may reach, and no other. */
    private String hint(Subject subject) {
        List<String> reachable = destinations.upstreams().stream()
                .filter(upstream ->
                        policy.get().login(subject, upstream, Optional.empty()).isPresent())
                .map(Upstream::name)
                .toList();
        return reachable.isEmpty()
                ? "No upstream is open to this user."
                : "Open to this user: " + String.join(", ", reachable);
    }

    @Override
    public void left(Session session) {
        headcount.leave(session);
    }
}
