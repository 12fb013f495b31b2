package dev.gatehouse.gateway.door;

import dev.gatehouse.firewall.policy.Policy;
import dev.gatehouse.firewall.session.Arrival;
import dev.gatehouse.firewall.session.CertificateName;
import dev.gatehouse.firewall.session.Credentials;
import dev.gatehouse.firewall.session.Entrance;
import dev.gatehouse.firewall.session.Login;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.session.Subject;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.gateway.settings.Settings.Identity;
import dev.gatehouse.gateway.settings.Settings.LocalUser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets local users in: checks where they come from, finds the upstream they mean, and the login the policy gives them.
 * Safe for many threads.
 */
public final class Doors implements Entrance {

    /** A login asked for by {@code PGOPTIONS='-c gatehouse.login=…'}. */
    private static final Pattern LOGIN_OPTION = Pattern.compile("(?:^|\\s)(?:-c\\s*|--)gatehouse\\.login=(\\S+)");

    private final Destinations destinations;
    private final Supplier<Policy> policy;
    private final Map<String, LocalUser> users = new HashMap<>();
    private final Strangers strangers;
    private final List<Strangers.Shape> shapes;
    private final Headcount headcount;

    /**
     * @param identity the local users
     * @param upstreams the servers of this protocol
     * @param defaultUpstream the one for database names that name no upstream
     * @param strangers what unknown users are checked against
     * @param headcount of all doors together
     */
    public Doors(
            Identity identity,
            List<Upstream> upstreams,
            Optional<String> defaultUpstream,
            Supplier<Policy> policy,
            Strangers strangers,
            Headcount headcount) {
        identity.localUsers().forEach(user -> users.put(user.subject().name(), user));
        this.strangers = strangers;
        this.shapes = Strangers.shapes(identity.localUsers().stream()
                .flatMap(user -> user.credentials().stream())
                .toList());
        this.destinations = new Destinations(upstreams, defaultUpstream);
        this.policy = policy;
        this.headcount = headcount;
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
        Optional<Destinations.Destination> found = destinations.find(database);
        if (found.isEmpty()) {
            return new Admission.Denied(
                    Reason.UNKNOWN_DATABASE,
                    "database \"" + database + "\" does not exist behind this gateway",
                    hint(known.subject()));
        }
        return admit(number, known.subject(), found.get(), arrival, options);
    }

    private Admission admit(
            long number,
            Subject subject,
            Destinations.Destination destination,
            Arrival arrival,
            Map<String, String> options) {
        Upstream upstream = destination.upstream();
        Optional<String> requested = requestedLogin(options);
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
                destination.database(),
                login.get(),
                arrival.source(),
                options.getOrDefault("application_name", ""),
                arrival.encrypted());
        return headcount.enter(session)
                ? new Admission.Admitted(session)
                : new Admission.Denied(
                        Reason.TOO_MANY,
                        "too many sessions of user \"" + subject.name() + "\" or to upstream \"" + upstream.name()
                                + "\"",
                        "Close sessions that are not in use.");
    }

    private static Optional<String> requestedLogin(Map<String, String> options) {
        if (options.containsKey("gatehouse.login")) {
            return Optional.of(options.get("gatehouse.login"));
        }
        Matcher matcher = LOGIN_OPTION.matcher(options.getOrDefault("options", ""));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
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
