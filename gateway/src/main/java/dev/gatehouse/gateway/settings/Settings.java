package dev.gatehouse.gateway.settings;

import dev.gatehouse.approvals.StoreSettings;
import dev.gatehouse.firewall.masking.Masking;
import dev.gatehouse.firewall.policy.Cidr;
import dev.gatehouse.firewall.session.CertificateName;
import dev.gatehouse.firewall.session.Credentials;
import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.firewall.session.Subject;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.identity.Provider;
import dev.gatehouse.journal.seal.SigningKey;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What {@code gatehouse.yaml} says.
 *
 * @param name the gateway's own name
 * @param upstreams the database servers; never empty
 * @param defaultUpstream the one a client gets that names none, nor a database of another
 * @param keys the secrets masks use, by name
 * @param state where requests and decisions are kept
 * @param maskedNotice how often a session is told that values in its results are masked
 * @param webhooks who else is told of requests
 */
public record Settings(
        String name,
        Listen listen,
        List<Upstream> upstreams,
        Optional<String> defaultUpstream,
        Identity identity,
        Map<String, Key> keys,
        PolicyFolder policy,
        Journal journal,
        StoreSettings state,
        Masking.Notice maskedNotice,
        List<Webhook> webhooks,
        Log log) {

    public Settings {
        upstreams = List.copyOf(upstreams);
        keys = Map.copyOf(keys);
        webhooks = List.copyOf(webhooks);
    }

    /**
     * An address that is told of requests.
     *
     * @param events what it is told
     * @param secret what its messages are signed with
     * @param sql how much of a statement it is told
     */
    public record Webhook(String name, URI url, Set<String> events, Secret secret, ToldSql sql) {
        public Webhook {
            events = Set.copyOf(events);
        }
    }

    /** How much of a statement goes to a webhook. */
    public enum ToldSql {
        FULL,
        DIGEST,
        NONE
    }

    /** The upstream of that name. */
    public Optional<Upstream> upstream(String upstream) {
        return upstreams.stream().filter(u -> u.name().equals(upstream)).findFirst();
    }

    /**
     * Where the gateway listens.
     *
     * @param postgres where PostgreSQL clients connect; empty for nowhere
     * @param mysql where MySQL clients connect; empty for nowhere
     * @param web where the console is served; empty for nowhere
     * @param adminSocket the path of the socket for the command line; empty for none
     * @param tls empty for clear text, which only loopback addresses may have
     */
    public record Listen(
            Optional<Address> postgres,
            Optional<Address> mysql,
            Optional<Web> web,
            Optional<Path> adminSocket,
            Optional<ListenTls> tls,
            Limits limits) {}

    /**
     * Where the console is served.
     *
     * @param publicUrl how browsers reach it, where that is not by its own address
     */
    public record Web(Address address, Optional<URI> publicUrl) {}

    /**
     * What clients may take before they have proved who they are.
     *
     * @param loginTimeout the time until the proof
     * @param unauthenticated how many such clients there may be at once
     * @param unauthenticatedPerAddress how many of them from one address
     */
    public record Limits(Duration loginTimeout, int unauthenticated, int unauthenticatedPerAddress) {

        /** Where the file does not say: PostgreSQL's own time, and room for pools that start all at once. */
        public static final Limits STANDARD = new Limits(Duration.ofSeconds(60), 4000, 2000);
    }

    /**
     * A TCP address.
     *
     * @param host a name or an address without brackets
     * @param port 0 for any free one
     */
    public record Address(String host, int port) {

        /** Whether only this machine reaches it. */
        public boolean isLoopback() {
            return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.[0-9]{1,3}){3}");
        }

        @Override
        public String toString() {
            return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
        }
    }

    /**
     * A key that masks use.
     *
     * @param type what it is for
     */
    public record Key(KeyType type, Secret secret) {}

    /** What a key is for. */
    public enum KeyType {
        HMAC_SHA256,
        FF1
    }

    /**
     * TLS towards clients.
     *
     * @param certificates the certificate and those that vouch for it, in PEM
     * @param key its private key, in PEM
     * @param clientCa who issues the certificates that clients may show, in PEM; empty where none is asked for
     */
    public record ListenTls(String certificates, Secret key, ClientMode mode, Optional<String> clientCa) {}

    /** Whether clients must come under TLS. */
    public enum ClientMode {
        REQUIRE,
        ALLOW,
        OFF
    }

    /**
     * Who may log in.
     *
     * @param providers who vouches for users that are not the gateway's own
     * @param maxPerUser how many sessions one user may have at once; 0 for no limit
     * @param web how long people stay signed in to the console
     */
    public record Identity(List<LocalUser> localUsers, List<Provider> providers, int maxPerUser, WebTimes web) {
        public Identity {
            localUsers = List.copyOf(localUsers);
            providers = List.copyOf(providers);
        }

        /** The local user of that name. */
        public Optional<LocalUser> localUser(String user) {
            return localUsers.stream()
                    .filter(u -> u.subject().name().equals(user))
                    .findFirst();
        }
    }

    /**
     * How long people stay signed in to the console.
     *
     * @param lifetime after which everybody signs in again
     * @param idle after which whoever did nothing does so too
     */
    public record WebTimes(Duration lifetime, Duration idle) {

        /** Where the file does not say. */
        public static final WebTimes STANDARD = new WebTimes(Duration.ofHours(12), Duration.ofMinutes(30));
    }

    /**
     * A user this gateway itself knows.
     *
     * @param subject who that is
     * @param credentials what the password is checked against; empty for a user that has none
     * @param certificate what the client certificate must say that the user has to show; empty for a user that need not
     * @param source where the user may come from; empty for anywhere
     */
    public record LocalUser(
            Subject subject,
            Optional<Credentials> credentials,
            Optional<CertificateName> certificate,
            List<Cidr> source) {
        public LocalUser {
            if (credentials.isEmpty() && certificate.isEmpty()) {
                throw new IllegalArgumentException("nothing proves the user");
            }
            source = List.copyOf(source);
        }
    }

    /**
     * Where the policy is.
     *
     * @param dir the folder; every {@code *.yaml} in it counts
     */
    public record PolicyFolder(Path dir) {}

    /**
     * The journal.
     *
     * @param roll how often a new file begins
     * @param minFree free bytes under which no new work is let in; empty where the file does not say
     * @param signWith signs its checkpoints; empty for a key that the gateway makes for itself
     * @param checkpointEvery how often it is signed
     */
    public record Journal(
            Path dir, Roll roll, OptionalLong minFree, Optional<SigningKey> signWith, Duration checkpointEvery) {

        public static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(60);
    }

    /** How often the journal begins a new file. */
    public enum Roll {
        MINUTELY,
        HOURLY,
        DAILY
    }

    /** The log on standard error. */
    public record Log(LogFormat format, LogLevel level) {}

    /** The log's form. */
    public enum LogFormat {
        JSON,
        TEXT
    }

    /** The least important lines of the log that are written. */
    public enum LogLevel {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR
    }
}
