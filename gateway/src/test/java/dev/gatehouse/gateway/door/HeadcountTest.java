package dev.gatehouse.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;

/** How many sessions a user and a server may have at once. */
final class HeadcountTest {

    private static Session session(String user, String upstream, Dialect dialect, int maxConnections) {
        Login login = new Login("rw", "app", new Secret("app-secret"));
        return new Session(
                1,
                new Subject(user, Subject.Kind.HUMAN, Set.of(), Optional.empty()),
                new Upstream(
                        upstream,
                        dialect,
                        "127.0.0.1",
                        5432,
                        "shop",
                        List.of(),
                        new Upstream.Tls(Upstream.Tls.Mode.DISABLE, Optional.empty()),
                        Map.of(),
                        List.of(login),
                        maxConnections,
                        Duration.ofMinutes(10)),
                "shop",
                login,
                InetAddress.getLoopbackAddress(),
                "psql",
                false);
    }

    @Test
    void aUsersSessionsCountWhateverTheySpeak() {
        Headcount headcount = new Headcount(1);
        Session first = session("maya", "shop", Dialect.POSTGRESQL, 0);
        assertThat(headcount.enter(first)).isTrue();
        assertThat(headcount.enter(session("maya", "bikes", Dialect.MYSQL, 0))).isFalse();
        assertThat(headcount.enter(session("erik", "bikes", Dialect.MYSQL, 0))).isTrue();
        headcount.leave(first);
        assertThat(headcount.enter(session("maya", "bikes", Dialect.MYSQL, 0))).isTrue();
    }

    @Test
    void aServersSessionsCountWhoeverHasThem() {
        Headcount headcount = new Headcount(0);
        assertThat(headcount.enter(session("maya", "shop", Dialect.POSTGRESQL, 1)))
                .isTrue();
        assertThat(headcount.enter(session("erik", "shop", Dialect.POSTGRESQL, 1)))
                .isFalse();
        assertThat(headcount.enter(session("erik", "bikes", Dialect.MYSQL, 1))).isTrue();
    }
}
