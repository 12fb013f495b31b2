package dev.gatehouse.gateway.gate;

import dev.gatehouse.firewall.policy.Policy;
import dev.gatehouse.firewall.policy.Ruling;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.statement.Analysis;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One session's latest rulings, so that a statement of a known shape costs one look. A ruling holds for the analysis it was
 * made of, the policy it was made by, and the second it was made in, as rules may depend on the time. Lives on one loop.
 */
final class Rulings {

    private static final int SLOTS = 64;
    private static final int MILLIS = 1000;

    private final Session session;
    private final Supplier<Policy> policies;
    private final InstantSource clock;
    private final @Nullable Analysis[] analyses = new Analysis[SLOTS];
    private final @Nullable Ruling[] rulings = new Ruling[SLOTS];
    private Policy policy;
    private long second;

    Rulings(Session session, Supplier<Policy> policies, InstantSource clock) {
        this.session = session;
        this.policies = policies;
        this.clock = clock;
        this.policy = policies.get();
    }

    /** The policy of the last ruling. */
    Policy policy() {
        return policy;
    }

    Ruling ruling(Analysis analysis) {
        long now = clock.millis();
        Policy inForce = policies.get();
        if (now / MILLIS != second || inForce != policy) {
            second = now / MILLIS;
            policy = inForce;
            Arrays.fill(analyses, null);
        }
        int slot = System.identityHashCode(analysis) & (SLOTS - 1);
        Ruling known = rulings[slot];
        if (known != null && isSame(analyses[slot], analysis)) {
            return known;
        }
        Ruling ruling = inForce.rule(session, analysis, Instant.ofEpochMilli(now));
        analyses[slot] = analysis;
        rulings[slot] = ruling;
        return ruling;
    }

    @SuppressWarnings("ReferenceEquality") // The very object: comparing the contents would cost what the slot saves.
    private static boolean isSame(@Nullable Analysis one, Analysis other) {
        return one == other;
    }
}
