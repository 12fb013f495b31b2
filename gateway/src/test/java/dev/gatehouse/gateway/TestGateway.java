package dev.gatehouse.gateway;

import dev.gatehouse.firewall.session.ScramVerifier;
import dev.gatehouse.gateway.settings.Configuration;
import dev.gatehouse.gateway.settings.Loaded;
import dev.gatehouse.testing.RealPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** A gateway in front of {@link RealPostgres}, configured by files as an operator would. */
final class TestGateway implements AutoCloseable {

    static final String PASSWORD = "demo";
    private static final byte[] SALT = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private static final String SHOP = """
            create table customers (id int primary key, name text not null, email text unique, card varchar(19), salary int);
            create table orders (id int primary key, customer int references customers, status text, total numeric(10,2),
                placed timestamptz default now());
            insert into customers select i, 'Name ' || i, 'user' || i || '@acme.test', '4111 1111 1111 ' || (1000 + i), 1000 + i
                from generate_series(1, 200) i;
            insert into orders select i, 1 + i % 200, 'new', i, '2026-01-01 00:00:00+00'::timestamptz + i * interval '1 hour'
                from generate_series(1, 3000) i;
            create view contacts as select id as contact, lower(email) as mail, name from customers;
            """;

    static final String POLICY = """
            apiVersion: gatehouse/v1
            kind: Policy
            default: block
            roles:
              analyst: { groups: [analysts] }
              engineer: { groups: [engineers] }
            logins:
              - { roles: [analyst, engineer], upstreams: [shop], may_use: [rw], default: rw }
            classify:
              - { tag: pii.email, columns: ["*.*.customers.email"] }
              - { tag: pci.pan, columns: ["*.*.customers.card"] }
            rules:
              - { id: reads, who: { roles: [analyst, engineer] }, statement: { classes: [read, session] }, then: { allow: {} } }
              - { id: writes, who: { roles: [engineer] }, statement: { classes: [write, ddl, admin] }, then: { allow: {} } }
              - { id: analyst-updates, who: { roles: [analyst] }, statement: { kinds: [update] }, then: { allow: {} } }
              - id: no-where
                statement: { kinds: [update, delete], where: [missing, always_true] }
                then: { block: { message: "UPDATE/DELETE without a WHERE is not allowed", hint: "Add a WHERE." } }
              - { id: updates-reviewed, who: { roles: [analyst] }, statement: { kinds: [update] }, then: { approve: review } }
              - { id: cannot-analyse, statement: { parse: failed }, then: { block: { message: "statement could not be analysed" } } }
            masks:
              - { id: email, tags: [pii.email], who: { roles: [analyst] }, with: { email: { keep: domain } } }
              - { id: card, tags: [pci.pan], who: { roles: [analyst] }, with: { card_last4: {} } }
            approvals:
              review:
                reviewers: { groups: [leads] }
                mode: hold
                hold: { interactive: 20s, other: 20s, then: reject, in_transaction: if_clean }
                expires: 4h
            """;

    /** Lets everything through that anybody asks for, what was not understood as well. */
    static final String EVERYTHING = """
            apiVersion: gatehouse/v1
            kind: Policy
            default: allow
            roles:
              engineer: { groups: [engineers] }
            logins:
              - { roles: [engineer], upstreams: [shop], may_use: [rw], default: rw }
            rules:
              - { id: unknown, statement: { parse: failed }, then: { allow: {} } }
            """;

    private final Gateway gateway;
    private final Path folder;
    private final String database;

    private TestGateway(Gateway gateway, Path folder, String database) {
        this.gateway = gateway;
        this.folder = folder;
        this.database = database;
    }

    /** Makes a database with the shop in it. */
    static String shop() throws SQLException {
        String database = RealPostgres.shared().createDatabase();
        try (Connection connection = RealPostgres.shared().connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(SHOP);
        }
        return database;
    }

    /** Starts a gateway with the usual policy in front of a shop of its own. */
    static TestGateway start(Path folder) throws IOException, SQLException {
        return start(folder, shop(), "127.0.0.1:0");
    }

    /** Starts a gateway at an address, in front of a shop that is there. */
    static TestGateway start(Path folder, String database, String address) throws IOException {
        return start(folder, database, write(folder, database, address));
    }

    /** Starts a gateway with a policy of its own, in front of a database that is there. */
    static TestGateway ruledBy(String policy, Path folder, String database) throws IOException {
        Path server = write(folder, database, "127.0.0.1:0");
        Files.writeString(folder.resolve("policy.d/test.yaml"), policy);
        return start(folder, database, server);
    }

    /** Starts a gateway with a policy of its own and a server file that was changed. */
    static TestGateway configured(String policy, Path folder, String database, UnaryOperator<String> change)
            throws IOException {
        Path server = write(folder, database, "127.0.0.1:0");
        Files.writeString(folder.resolve("policy.d/test.yaml"), policy);
        Files.writeString(server, change.apply(Files.readString(server)));
        return start(folder, database, server);
    }

    private static TestGateway start(Path folder, String database, Path server) throws IOException {
        Loaded loaded = Loaded.load(server, false, Map.of());
        Configuration configuration =
                loaded.configuration().orElseThrow(() -> new IllegalStateException(loaded.report()));
        return new TestGateway(Gateway.start(configuration), folder, database);
    }

    /** Writes the configuration files; answers the server file. */
    static Path write(Path folder, String database, String address) throws IOException {
        Files.createDirectories(folder.resolve("policy.d"));
        Files.writeString(folder.resolve("policy.d/test.yaml"), POLICY);
        return Files.writeString(folder.resolve("gatehouse.yaml"), """
                apiVersion: gatehouse/v1
                kind: Server
                name: test
                listen:
                  postgres: { addr: "%s" }
                  admin_socket: %s/admin.sock
                upstreams:
                  - name: shop
                    protocol: postgres
                    address: "%s:%d"
                    default_database: %s
                    databases: [%s]
                    tls: { mode: disable }
                    logins:
                      - { name: rw, username: %s, password: "%s" }
                identity:
                  local_users:
                    - { name: maya, password_hash: "%s", groups: [analysts] }
                    - { name: erik, password_hash: "%s", groups: [engineers] }
                    - { name: lead, password_hash: "%s", groups: [leads] }
                keys:
                  digits: { type: ff1, secret: "of the tests alone" }
                  hashes: { type: hmac-sha256, secret: "of the tests alone, and long enough" }
                policy: { dir: policy.d }
                journal: { dir: journal, disk: { min_free: 1MiB } }
                """.formatted(
                        address,
                        folder,
                        RealPostgres.shared().host(),
                        RealPostgres.shared().port(),
                        database,
                        database,
                        RealPostgres.shared().username(),
                        RealPostgres.shared().password(),
                        verifier(),
                        verifier(),
                        verifier()));
    }

    static String verifier() {
        try {
            byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(PASSWORD.toCharArray(), SALT, ScramVerifier.MIN_ITERATIONS, 256))
                    .getEncoded();
            byte[] stored = MessageDigest.getInstance("SHA-256").digest(hmac(salted, "Client Key"));
            return new ScramVerifier(ScramVerifier.MIN_ITERATIONS, SALT, stored, hmac(salted, "Server Key"), true)
                    .text();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    Gateway gateway() {
        return gateway;
    }

    /** The database as the server names it. */
    String database() {
        return database;
    }

    /** A connection past the gateway. */
    Connection direct() throws SQLException {
        return RealPostgres.shared().connect(database);
    }

    Path journal() {
        return folder.resolve("journal");
    }

    int port() {
        return gateway.postgres().orElseThrow().getPort();
    }

    /** A connection through the gateway. */
    Connection connect(String user, String... properties) throws SQLException {
        Properties all = new Properties();
        all.setProperty("user", user);
        all.setProperty("password", PASSWORD);
        for (int i = 0; i < properties.length; i += 2) {
            all.setProperty(properties[i], properties[i + 1]);
        }
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port() + "/shop", all);
    }

    @Override
    public void close() {
        gateway.close();
    }
}
