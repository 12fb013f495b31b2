package dev.gatehouse.gateway.gate;

import dev.gatehouse.firewall.approval.Approvals;
import dev.gatehouse.firewall.approval.Grants;
import dev.gatehouse.firewall.audit.Recorder;
import dev.gatehouse.firewall.gate.Gate;
import dev.gatehouse.firewall.policy.Policy;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.session.Subject;
import dev.gatehouse.firewall.statement.Analyzer;
import dev.gatehouse.firewall.statement.Catalog;
import java.time.InstantSource;
import java.util.function.Supplier;

/** The gate: rules by the policy in force, records, and has people asked where the policy says so. */
public final class OrderlyGate implements Gate {

    private final Supplier<Policy> policy;
    private final Approvals desk;
    private final Grants grants;
    private final InstantSource clock;
    private final Analyzer analyzer;
    private final Catalog.Library catalogs;
    private final String name;

    /**
     * @param policy the rules in force
     * @param desk where statements wait for people
     * @param grants what users may do for a while
     * @param clock for deadlines and rules that depend on the time
     * @param analyzer tells which values are written in a statement
     * @param catalogs tell the types of columns
     * @param name what the gateway says it is
     */
    public OrderlyGate(
            Supplier<Policy> policy,
            Approvals desk,
            Grants grants,
            InstantSource clock,
            Analyzer analyzer,
            Catalog.Library catalogs,
            String name) {
        this.policy = policy;
        this.desk = desk;
        this.grants = grants;
        this.clock = clock;
        this.analyzer = analyzer;
        this.catalogs = catalogs;
        this.name = name;
    }

    @Override
    public Checkpoint open(Session session, Recorder recorder) {
        Checkpoint way =
                new OrderlyCheckpoint(session, recorder, policy, desk, grants, clock, analyzer, catalogs, name);
        return session.subject().kind() == Subject.Kind.AGENT
                ? new AgentCheckpoint(way, new AgentWords(session.subject(), clock))
                : way;
    }
}
