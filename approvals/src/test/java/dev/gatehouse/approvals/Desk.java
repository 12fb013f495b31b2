package dev.gatehouse.approvals;

import dev.gatehouse.firewall.approval.Applicant;
import dev.gatehouse.firewall.approval.Digest;
import dev.gatehouse.firewall.approval.Place;
import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Reviewer;
import dev.gatehouse.firewall.audit.Direction;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.audit.Recorder;
import dev.gatehouse.firewall.audit.Verdict;
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
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;

/** A desk with a clock that is turned by hand, for its store too, and a recorder that remembers. */
final class Desk {

    static final Duration PATIENCE = Duration.ofMinutes(15);
    static final Duration EXPIRES = Duration.ofHours(4);
    static final Duration RUN_WITHIN = Duration.ofMinutes(30);
    static final int MOST_PENDING = 2 * Register.MOST_OPEN;
    static final Subject ERIK = new Subject("erik", Subject.Kind.HUMAN, Set.of("backend-eng"), Optional.empty());
    static final Subject AGENT =
            new Subject("support-agent", Subject.Kind.AGENT, Set.of("ai-agents"), Optional.of("maya"));
    static final Reviewer LENA = new Reviewer("lena", Set.of("dba-leads"), false, "");
    static final Reviewer TOM = new Reviewer("tom", Set.of("dba-leads"), false, "");
    static final String CODE = "3f9a-c1d2";

    final Memory memory = new Memory();
    Instant now = Instant.parse("2026-11-20T12:00:00Z");
    final ApprovalDesk approvals;

    Desk(TestStore store) {
        this(store.settings());
    }

    /** A desk over a store that others use too. */
    Desk(StoreSettings settings) {
        approvals = TestStore.desk(settings, memory, () -> now);
    }

    /** A desk whose clock is not the store's. */
    Desk(StoreSettings settings, Optional<InstantSource> time) {
        approvals = TestStore.desk(settings, memory, time, () -> now);
    }

    /** Has a statement come to the desk. */
    Place ask(Request request, Applicant applicant) {
        try {
            return approvals.ask(request, applicant).toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    static Flow flow(int needed) {
        return new Flow(
                "dba-review",
                Set.of("dba-leads"),
                Set.of("oncall"),
                needed,
                true,
                new Flow.Hold(PATIENCE, Duration.ofSeconds(25), true, Flow.InTransaction.IF_CLEAN),
                EXPIRES,
                RUN_WITHIN,
                MOST_PENDING,
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

    /** Each id is of another statement. */
    Request request(String id, Subject subject, int needed) {
        return request(id, "UPDATE orders SET status='paid' WHERE note = '" + id + "'", subject, flow(needed));
    }

    Request request(String id, String sql, Subject subject, Flow flow) {
        return new Request(
                id,
                new Digest("3f9ac1d2" + "0".repeat(48) + HexFormat.of().toHexDigits(sql.hashCode())),
                session(subject),
                sql,
                List.of(),
                List.of(),
                "",
                new Ruling.Source("big-writes-reviewed", "prod.yaml", 74),
                flow,
                now,
                now.plus(EXPIRES));
    }

    /** A statement whose client waits for so long. */
    Applicant applicant(long decision, Duration patience) {
        Event.Asked asked = new Event.Asked(
                7, decision, "UPDATE", List.of(), Verdict.APPROVE, "big-writes-reviewed", "pol_3f9ac1d2", "");
        return new Applicant(asked, now.plus(patience));
    }

    /** Remembers events; refuses them while it is broken. */
    static final class Memory implements Recorder {
        final List<Event> events = new CopyOnWriteArrayList<>();
        boolean broken;

        /** How many events it takes before it is full. */
        int room = Integer.MAX_VALUE;

        @Override
        public void record(Event event) {
            if (broken || room-- <= 0) {
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
