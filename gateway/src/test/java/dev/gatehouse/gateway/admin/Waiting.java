package dev.gatehouse.gateway.admin;

import dev.gatehouse.approvals.ApprovalDesk;
import dev.gatehouse.firewall.approval.Applicant;
import dev.gatehouse.firewall.approval.Approvals;
import dev.gatehouse.firewall.approval.Digest;
import dev.gatehouse.firewall.approval.Finding;
import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Ticket;
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
import dev.gatehouse.firewall.statement.Parameter;
import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A real desk at which erik waits, and the people who may come to it. */
public final class Waiting {

    public static final String SQL = "UPDATE orders SET status='paid' WHERE id<2000";
    public static final String CODE = "3f9a-c1d2";

    private final List<Event> events = new ArrayList<>();
    private final Approvals desk = ApprovalDesk.passing(new Memory());

    public Approvals desk() {
        return desk;
    }

    public List<Event> events() {
        return events;
    }

    /** Has erik ask for something. */
    public CompletableFuture<Ticket> ask(String id, String sql) {
        Instant now = Instant.now();
        Flow flow = new Flow(
                "dba-review",
                Set.of("dba-leads"),
                Set.of(),
                1,
                true,
                new Flow.Hold(Duration.ofMinutes(15), Duration.ofSeconds(25), true, Flow.InTransaction.IF_CLEAN),
                Duration.ofHours(4),
                Duration.ofMinutes(30),
                20,
                false,
                true);
        Request request = new Request(
                id,
                new Digest(
                        CODE.replace("-", "") + "0".repeat(48) + HexFormat.of().toHexDigits(id.hashCode())),
                session(),
                sql,
                List.of(new Parameter("42"), new Parameter(null)),
                List.of(new Finding(Finding.About.WRITES, "public.orders")),
                "CHG-118",
                new Ruling.Source("big-writes-reviewed", "prod.yaml", 74),
                flow,
                now,
                now.plusSeconds(900));
        Event.Asked asked = new Event.Asked(
                session().number(),
                99,
                sql,
                List.of(),
                Verdict.APPROVE,
                request.rule().id(),
                "pol_1",
                "");
        return desk.ask(request, new Applicant(asked, request.deadline()))
                .toCompletableFuture()
                .join()
                .whenOver()
                .toCompletableFuture();
    }

    /** The local users. */
    public static Optional<Subject> directory(String name) {
        return Optional.ofNullable(Map.of(
                        "erik", subject("erik", Subject.Kind.HUMAN, "dba-leads"),
                        "lead", subject("lead", Subject.Kind.HUMAN, "dba-leads"),
                        "maya", subject("maya", Subject.Kind.HUMAN, "analysts"),
                        "bot", subject("bot", Subject.Kind.AGENT, "dba-leads"))
                .get(name));
    }

    private static Subject subject(String name, Subject.Kind kind, String group) {
        return new Subject(name, kind, Set.of(group), Optional.empty());
    }

    private static Session session() {
        Login login = new Login("rw", "fw_rw", new Secret("not-to-be-seen"));
        Upstream upstream = new Upstream(
                "orders",
                Dialect.POSTGRESQL,
                "localhost",
                5432,
                "orders",
                List.of(),
                new Upstream.Tls(Upstream.Tls.Mode.DISABLE, Optional.empty()),
                Map.of(),
                List.of(login),
                0,
                Duration.ofMinutes(10));
        return new Session(
                7,
                directory("erik").orElseThrow(),
                upstream,
                "orders",
                login,
                InetAddress.getLoopbackAddress(),
                "psql",
                false);
    }

    /** Keeps what the desk records. */
    private final class Memory implements Recorder {

        @Override
        public void record(Event event) {
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
            return true;
        }
    }
}
