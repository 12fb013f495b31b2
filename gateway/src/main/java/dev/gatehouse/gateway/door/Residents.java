package dev.gatehouse.gateway.door;

import dev.gatehouse.console.signin.People;
import dev.gatehouse.firewall.session.Credentials;
import dev.gatehouse.firewall.session.Subject;
import dev.gatehouse.gateway.settings.Settings.Identity;
import dev.gatehouse.gateway.settings.Settings.LocalUser;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The local users at the door of the console: people alone, from where they may come to databases too. Whoever must show a
 * client certificate as well does not get in here, where none is asked for.
 */
public final class Residents implements People {

    private final Map<String, LocalUser> users = new HashMap<>();
    private final Strangers strangers;
    private final List<Strangers.Shape> shapes;

    /** @param strangers what names are checked against that nobody has */
    public Residents(Identity identity, Strangers strangers) {
        identity.localUsers().forEach(user -> users.put(user.subject().name(), user));
        this.strangers = strangers;
        this.shapes = Strangers.shapes(users.values().stream()
                .flatMap(user -> user.credentials().stream())
                .toList());
    }

    /** Takes the same steps for every name. */
    @Override
    public Credentials credentials(String name) {
        Credentials strange = strangers.credentials(name, shapes);
        LocalUser known = users.get(name);
        return known == null ? strange : known.credentials().orElse(strange);
    }

    @Override
    public Optional<Subject> find(String name, InetAddress source) {
        return Optional.ofNullable(users.get(name))
                .filter(user -> user.subject().kind() == Subject.Kind.HUMAN)
                .filter(user ->
                        user.credentials().isPresent() && user.certificate().isEmpty())
                .filter(user ->
                        user.source().isEmpty() || user.source().stream().anyMatch(range -> range.contains(source)))
                .map(LocalUser::subject);
    }
}
