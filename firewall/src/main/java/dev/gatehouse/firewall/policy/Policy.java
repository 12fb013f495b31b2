package dev.gatehouse.firewall.policy;

import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.session.Subject;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Parameter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The rules in force. A pure function of its arguments: it reads no clock, keeps no state, and is safe for many threads. */
public interface Policy {

    /** Names this set of rules: {@code pol_} and the first eight hexadecimal digits of a hash of the files. */
    String version();

    /** The roles this subject has. */
    Set<String> roles(Subject subject);

    /** What this subject's roles give it in the console; empty for nothing beyond its own requests and those it may decide. */
    Optional<ConsoleRight> console(Subject subject);

    /**
     * The name of the held login a subject works under.
     *
     * @param requested the login it asked for; empty for its default
     * @return empty when it may not use the upstream, or not that login
     */
    Optional<String> login(Subject subject, Upstream upstream, Optional<String> requested);

    /** What is to become of a statement. The strictest matching effect wins: refuse, then hold, then allow. */
    Ruling rule(Session session, Analysis analysis, Instant now);

    /**
     * What is to become of a statement of somebody who holds a grant.
     *
     * @param grant its id; where the policy has no such grant, or not for this session, it changes nothing
     */
    default Ruling rule(Session session, String grant, Analysis analysis, Instant now) {
        return rule(session, analysis, now);
    }

    /** The grant of that id, if this session's user may ask for it. */
    default Optional<GrantRule> grant(Session session, String id) {
        return Optional.empty();
    }

    /**
     * Whether a statement that is allowed would write over a protected column what the session may have been shown in its
     * place.
     *
     * @param constants the values in the statement, its parameters among them, asked for only where it matters; empty where
     *     they are not known
     * @return the refusal; empty where nothing stands against it
     */
    Optional<Ruling.Refuse> writeBack(
            Session session, Analysis analysis, Supplier<Optional<List<Parameter>>> constants);

    /** How the values of this column are shown to this session; empty when in clear. */
    Optional<MaskRule> mask(Session session, Column column);

    /** The mask that shows the least of the columns a value may come from; empty when none of them is masked. */
    default Optional<MaskRule> strongest(Session session, Set<Column> origins) {
        Optional<MaskRule> strongest = Optional.empty();
        for (Column origin : origins) {
            Optional<MaskRule> found = mask(session, origin);
            if (found.isPresent() && (strongest.isEmpty() || found.get().isStrongerThan(strongest.get()))) {
                strongest = found;
            }
        }
        return strongest;
    }

    /** Whether a ruling for this session may depend on which tables, columns or functions the names in a statement mean. */
    boolean needsNames(Session session);

    /** What is looked for in the texts this session sees of columns that are not masked, the strongest mask first. */
    List<Detection> detections(Session session);

    /** Whether any column at all may be masked for this session. */
    boolean masksAnything(Session session);
}
