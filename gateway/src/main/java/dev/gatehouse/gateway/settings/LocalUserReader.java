package dev.gatehouse.gateway.settings;

import dev.gatehouse.firewall.policy.Cidr;
import dev.gatehouse.firewall.session.CertificateName;
import dev.gatehouse.firewall.session.Credentials;
import dev.gatehouse.firewall.session.Ed25519Key;
import dev.gatehouse.firewall.session.NativeHash;
import dev.gatehouse.firewall.session.PasswordVerifier;
import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.firewall.session.Subject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads {@code identity.local_users}. */
final class LocalUserReader {

    private final Set<String> names = new HashSet<>();
    private final boolean asksForCertificates;

    /** @param asksForCertificates whether listeners ask clients for their certificates */
    LocalUserReader(boolean asksForCertificates) {
        this.asksForCertificates = asksForCertificates;
    }

    List<Settings.LocalUser> read(Section identity) {
        List<Settings.LocalUser> users = new ArrayList<>();
        for (Value item : identity.items("local_users")) {
            item.section().flatMap(this::user).ifPresent(users::add);
        }
        return users;
    }

    private Optional<Settings.LocalUser> user(Section section) {
        Optional<Value> written = section.required("name");
        Optional<String> name = written.flatMap(Value::text);
        if (name.isPresent() && !names.add(name.get())) {
            written.ifPresent(
                    v -> v.problem(Code.DUPLICATE_NAME, "a local user \"" + name.get() + "\" exists already"));
        }
        Subject.Kind kind = section.optional("kind")
                .flatMap(v -> v.word("kind of user", Words.of(Subject.Kind.class)))
                .orElse(Subject.Kind.HUMAN);
        Set<String> groups = new HashSet<>();
        section.items("groups").forEach(group -> group.text().ifPresent(groups::add));
        Optional<String> owner = section.text("owner");
        List<Cidr> source = new ArrayList<>();
        section.optional("source").map(Value::someItems).orElse(List.of()).forEach(range -> range.as(Cidr::parse)
                .ifPresent(source::add));
        Optional<CertificateName> certificate = certificate(section.optional("certificate"));
        Optional<Value> hash =
                certificate.isPresent() ? section.optional("password_hash") : section.required("password_hash");
        Optional<PasswordVerifier> verifier = kept(hash, PasswordVerifier::parse);
        Optional<NativeHash> nativeHash = kept(section.optional("mysql_native_hash"), NativeHash::parse);
        Optional<Ed25519Key> ed25519 = kept(section.optional("ed25519_hash"), Ed25519Key::parse);
        section.close();
        Optional<Credentials> credentials = verifier.map(v -> new Credentials(v, nativeHash, ed25519));
        if (credentials.isEmpty() && certificate.isEmpty()) {
            return Optional.empty(); // What is wrong has been told, and a file with faults in it serves nobody.
        }
        return name.map(
                n -> new Settings.LocalUser(new Subject(n, kind, groups, owner), credentials, certificate, source));
    }

    /** The name the user's certificate must carry. */
    private Optional<CertificateName> certificate(Optional<Value> written) {
        written.filter(v -> !asksForCertificates)
                .ifPresent(v -> v.problem(
                        Code.CONTRADICTION,
                        "\"" + v.path() + "\": no client can show a certificate; give \"listen.tls.client_ca\" who"
                                + " issues them, with client_mode require or allow"));
        return written.flatMap(v -> v.as(CertificateName::new));
    }

    /** What is kept of the password, in one form. */
    private static <T> Optional<T> kept(Optional<Value> written, Function<String, T> parse) {
        Optional<Secret> secret = written.flatMap(Value::secret);
        if (written.isEmpty() || secret.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(secret.get().reveal()));
        } catch (IllegalArgumentException e) {
            Value place = written.get();
            place.problem(Code.BAD_VALUE, "\"" + place.path() + "\": " + e.getMessage());
            return Optional.empty();
        }
    }
}
