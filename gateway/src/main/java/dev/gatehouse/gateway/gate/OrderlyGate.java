package dev.gatehouse.gateway.gate;

import dev.gatehouse.firewall.approval.Approvals;
import dev.gatehouse.firewall.audit.Recorder;
import dev.gatehouse.firewall.gate.Gate;
import dev.gatehouse.firewall.policy.Policy;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.statement.Analyzer;
import java.time.InstantSource;
import java.util.function.Supplier;

/** The gate: rules by the policy in force, records, and has people asked where the policy says so. */
public final class OrderlyGate implements Gate {

    private final Supplier<Policy> policy;
    private final Approvals desk;
    private final InstantSource clock;
    private final Analyzer analyzer;

    /**
     * @param policy the rules in force
     * @param desk where statements wait for people
     * @param clock for deadlines and rules that depend on the time
     * @param analyzer tells which values are written in a statement
     */
    public OrderlyGate(Supplier<Policy> policy, Approvals desk, InstantSource clock, Analyzer analyzer) {
        this.policy = policy;
        this.desk = desk;
        this.clock = clock;
        this.analyzer = analyzer;
    }

    @Override
    public Checkpoint open(Session session, Recorder recorder) {
        return new OrderlyCheckpoint(session, recorder, policy, desk, clock, analyzer);
    }
}
