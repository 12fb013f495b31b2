package dev.gatehouse.gateway.gate;

import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.session.Subject;
import java.util.List;
import java.util.Locale;

/** Tells the clients at which a person sits and can wait. */
final class Interactive {

    private static final List<String> PROGRAMS =
            List.of("psql", "pgcli", "dbeaver", "datagrip", "pgadmin", "mysql", "mycli", "mysql workbench");

    private Interactive() {}

    static boolean isInteractive(Session session) {
        String application = session.application().toLowerCase(Locale.ROOT);
        return session.subject().kind() == Subject.Kind.HUMAN
                && PROGRAMS.stream().anyMatch(application::startsWith);
    }
}
