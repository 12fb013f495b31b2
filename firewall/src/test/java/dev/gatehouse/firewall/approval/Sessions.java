package dev.gatehouse.firewall.approval;

import dev.gatehouse.firewall.session.Login;
import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.session.Subject;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.statement.Dialect;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sessions that ask. */
final class Sessions {

    static final Subject ERIK = new Subject("erik", Subject.Kind.HUMAN, Set.of("backend-eng"), Optional.empty());

    private Sessions() {}

    static Session of(Subject subject) {
        Upstream upstream = new Upstream(
                "orders",
                Dialect.POSTGRESQL,
                "localhost",
                5432,
                "orders",
                List.of(),
                new Upstream.Tls(Upstream.Tls.Mode.DISABLE, Optional.empty()),
                Map.of(),
                List.of(login("rw")),
                0,
                Duration.ofMinutes(10));
        return new Session(
                7, subject, upstream, "orders", login("rw"), InetAddress.getLoopbackAddress(), "psql", false);
    }

    static Login login(String name) {
        return new Login(name, "fw_" + name, new Secret("secret"));
    }
}
