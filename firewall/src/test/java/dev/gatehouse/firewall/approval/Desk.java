package dev.gatehouse.firewall.approval;

import dev.gatehouse.firewall.audit.Direction;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.audit.Recorder;
import dev.gatehouse.firewall.policy.Flow;
import dev.gatehouse.firewall.policy.Ruling;
import dev.gatehouse.firewall.session.Login;
import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.session.Subject;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.statement.Dialect;
import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A desk with a clock that is turned by hand and a recorder that remembers. */
final class Desk {

    static final Duration PATIENCE = Duration.ofMinutes(15);
    static final Subject ERIK = new Subject("erik", Subject.Kind.HUMAN, Set.of("backend-eng"), Optional.empty());
    static final Subject AGENT =
            new Subject("support-agent", Subject.Kind.AGENT, Set.of("ai-agents"), Optional.of("maya"));
    static final Reviewer LENA = new Reviewer("lena", Set.of("dba-leads"), false, "");
    static final Reviewer TOM = new Reviewer("tom", Set.of("dba-leads"), false, "");
    static final String CODE = "3f9a-c1d2";

    final Memory memory = new Memory();
    Instant now = Instant.parse("2026-11-20T12:00:00Z");
    final Approvals approvals = new Approvals(memory, () -> now);

    static Flow flow(int needed) {
        return new Flow(
                "dba-review",
                Set.of("dba-leads"),
                Set.of("oncall"),
                needed,
                true,
                PATIENCE,
                Duration.ofSeconds(25),
                Flow.InTransaction.IF_CLEAN,
                false,
                true);
    }

    static Session session(Subject subject) {
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

    Request request(String id, Subject subject, int needed) {
        return new Request(
                id,
                CODE,
                session(subject),
                "UPDATE orders SET status='paid' WHERE id<2000",
                List.of(),
                new Ruling.Source("big-writes-reviewed", "prod.yaml", 74),
                flow(needed),
                now,
                now.plus(PATIENCE));
    }

    /** Remembers events; refuses them while it is broken. */
    static final class Memory implements Recorder {
        final List<Event> events = new ArrayList<>();
        boolean broken;

        @Override
        public void record(Event event) {
            if (broken) {
                throw new JournalUnavailable("the disk is full");
            }
            events.add(event);
        }

        @Override
        public void frames(long session, Direction direction, ByteBuf bytes, int index, int length) {
            throw new UnsupportedOperationException("the desk records no frames");
        }

        @Override
        public void allowed(long session, long decision, byte[] sql, int length, String rule, String policy) {
            throw new UnsupportedOperationException("the desk allows nothing by itself");
        }

        @Override
        public void answered(long session, long decision, ByteBuf tag, int index, int length) {
            throw new UnsupportedOperationException("the desk answers nothing");
        }

        @Override
        public boolean hasRoom() {
            return !broken;
        }
    }
}
