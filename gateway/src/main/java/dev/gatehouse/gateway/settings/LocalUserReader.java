package dev.gatehouse.gateway.settings;

import dev.gatehouse.firewall.policy.Cidr;
import dev.gatehouse.firewall.session.Credentials;
import dev.gatehouse.firewall.session.Ed25519Key;
import dev.gatehouse.firewall.session.NativeHash;
import dev.gatehouse.firewall.session.ScramVerifier;
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

    /** What no password fits, in place of a verifier that is wrong. */
    private static final ScramVerifier NOBODYS =
            new ScramVerifier(ScramVerifier.MIN_ITERATIONS, new byte[16], new byte[32], new byte[32], false);

    private final Set<String> names = new HashSet<>();

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
        ScramVerifier verifier =
                kept(section.required("password_hash"), ScramVerifier::parse).orElse(NOBODYS);
        Credentials credentials = new Credentials(
                verifier,
                kept(section.optional("mysql_native_hash"), NativeHash::parse),
                kept(section.optional("ed25519_hash"), Ed25519Key::parse));
        section.close();
        return name.map(n -> new Settings.LocalUser(new Subject(n, kind, groups, owner), credentials, source));
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
