package dev.gatehouse.bench.compare;

import dev.gatehouse.bench.load.Access;
import dev.gatehouse.firewall.session.ScramVerifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The configuration the gateway is measured with: local users, a policy of some rules and masks, a full journal. */
public final class ShippedConfiguration {

    private static final int KEY_BITS = 256;

    private static final String SERVER = """
            apiVersion: gatehouse/v1
            kind: Server
            name: bench
            listen:
              postgres: { addr: "127.0.0.1:%1$d" }
              tls: { client_mode: "off" }
            upstreams:
              - name: %2$s
                protocol: postgres
                address: "127.0.0.1:%3$d"
                default_database: %2$s
                tls: { mode: "disable" }
                logins:
                  - { name: rw, username: %4$s, password: "%5$s" }
            identity:
              local_users:
                - { name: %4$s, kind: service, password_hash: "%6$s", groups: [load] }
            policy:
              dir: %7$s/policy.d
            journal:
              dir: %7$s/journal
            """;

    private static final String POLICY = """
            apiVersion: gatehouse/v1
            kind: Policy
            default: block
            roles:
              loader: { groups: [load] }
            logins:
              - { roles: [loader], upstreams: [%1$s], may_use: [rw], default: rw }
            classify:
              - { tag: pii.name, columns: ["%1$s.public.%2$s.name"] }
              - { tag: pii.email, columns: ["%1$s.public.%2$s.email"] }
            rules:
              - id: reads
                who: { roles: [loader] }
                statement: { classes: [read, session] }
                then: { allow: {} }
              - id: app-writes
                who: { roles: [loader] }
                statement: { kinds: [insert, update, delete] }
                then: { allow: {} }
              - id: no-where
                statement: { kinds: [update, delete], where: [missing, always_true] }
                then: { block: { message: "UPDATE/DELETE without a WHERE is not allowed" } }
              - id: no-dangerous-functions
                statement: { functions: [pg_read_file, pg_ls_dir, lo_import, lo_export, dblink*, pg_sleep] }
                then: { block: { message: "function {function} is not allowed through the gateway" } }
              - id: cannot-analyse
                statement: { parse: failed }
                then: { block: { message: "statement could not be analysed, so it was not run" } }
            masks:
              - { id: name, tags: [pii.name], with: { partial: { first: 1, fill: "*" } } }
              - { id: email, tags: [pii.email], with: { email: { keep: domain } } }
            """;

    private ShippedConfiguration() {}

    /**
     * Writes it.
     *
     * @param home an absolute path
     * @param port where the gateway listens
     * @param server what it protects
     * @return the server file
     */
    public static Path write(Path home, int port, Access server) throws IOException {
        Files.createDirectories(home.resolve("policy.d"));
        Files.createDirectories(home.resolve("journal"));
        Path settings = home.resolve("gatehouse.yaml");
        Files.writeString(
                settings,
                SERVER.formatted(
                        port,
                        server.database(),
                        server.port(),
                        server.user(),
                        server.password(),
                        verifier(server.password()).text(),
                        home));
        Files.writeString(
                home.resolve("policy.d").resolve("bench.yaml"),
                POLICY.formatted(server.database(), Database.PROTECTED));
        return settings;
    }

    private static ScramVerifier verifier(String password) {
        byte[] salt = "bench-salt-bytes".getBytes(StandardCharsets.US_ASCII);
        try {
            byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(
                            new PBEKeySpec(password.toCharArray(), salt, ScramVerifier.MIN_ITERATIONS, KEY_BITS))
                    .getEncoded();
            byte[] stored = MessageDigest.getInstance("SHA-256").digest(hmac(salted, "Client Key"));
            return new ScramVerifier(ScramVerifier.MIN_ITERATIONS, salt, stored, hmac(salted, "Server Key"), true);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks HMAC-SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, String message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message.getBytes(StandardCharsets.US_ASCII));
    }
}
