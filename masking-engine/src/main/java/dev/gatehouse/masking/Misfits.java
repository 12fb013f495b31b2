package dev.gatehouse.masking;

import dev.gatehouse.firewall.masking.ResultColumn;
import dev.gatehouse.firewall.policy.MaskRule;
import dev.gatehouse.firewall.policy.Policy;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.statement.Column;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * Tells the operator of columns whose type their mask knows nothing of, each once: they are NULL, which is safe, and most likely
 * not what was meant.
 */
public final class Misfits {

    /** More are not remembered, and not told. */
    private static final int MOST = 1000;

    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final BiConsumer<String, String> teller;

    /** @param teller is told the id of a mask, and the column */
    public Misfits(BiConsumer<String, String> teller) {
        this.teller = teller;
    }

    /** Notes that a mask knows nothing of a column's values. */
    void note(Policy rules, Session session, MaskRule rule, Set<Column> origins, ResultColumn column) {
        String named = origins.stream()
                .filter(origin -> rules.mask(session, origin)
                        .filter(mask -> mask.id().equals(rule.id()))
                        .isPresent())
                .map(Column::toString)
                .sorted()
                .findFirst()
                .orElse(column.name());
        if (known.size() < MOST && known.add(rule.id() + " " + named)) {
            teller.accept(rule.id(), named);
        }
    }
}
