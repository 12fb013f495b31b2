package dev.gatehouse.firewall.policy;

import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.statement.Column;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The masks that apply to one session, the strongest first. Never changes, so that what was found for a column holds: a
 * memory that no answer depends on.
 */
final class SessionMasks {

    private static final Comparator<ColumnMask> STRONGEST_FIRST = Comparator.comparingInt(
                    (ColumnMask mask) -> mask.rule().transform().rank())
            .thenComparing(mask -> mask.rule().id());

    /** How many columns' masks are remembered; a power of two. */
    private static final int REMEMBERED = 64;

    private final List<ColumnMask> masks;
    private final List<Detection> detections;
    private final Tags tags;
    private final String upstream;
    private final AtomicReferenceArray<@Nullable Known> remembered = new AtomicReferenceArray<>(REMEMBERED);

    private record Known(Column column, Optional<MaskRule> rule) {}

    SessionMasks(List<ColumnMask> all, Tags tags, Session session, Set<String> roles) {
        this.tags = tags;
        this.upstream = session.upstream().name();
        List<ColumnMask> mine = all.stream()
                .filter(mask ->
                        mask.who().map(w -> w.matches(session.subject(), roles)).orElse(true))
                .filter(mask -> mask.except()
                        .map(e -> !e.matches(session.subject(), roles))
                        .orElse(true))
                .filter(mask -> mask.target()
                        .map(t -> t.matches(session.upstream(), session.database()))
                        .orElse(true))
                .sorted(STRONGEST_FIRST)
                .toList();
        this.masks = mine.stream()
                .filter(mask ->
                        mask.columns().stream().anyMatch(c -> c.reaches(upstream)) || tags.reach(mask.tags(), upstream))
                .toList();
        this.detections = detections(mine, tags);
    }

    /** What is looked for wherever it stands: the strongest mask for each kind, the strongest first. */
    private static List<Detection> detections(List<ColumnMask> mine, Tags tags) {
        Map<ValueKind, Detection> strongest = new LinkedHashMap<>();
        for (ColumnMask mask : mine) {
            tags.detected(mask.tags()).forEach(kind -> strongest.putIfAbsent(kind, new Detection(kind, mask.rule())));
        }
        return List.copyOf(strongest.values());
    }

    List<Detection> detections() {
        return detections;
    }

    boolean isEmpty() {
        return masks.isEmpty();
    }

    /** The mask on a column. One whose schema is not known is taken for each it may be. */
    Optional<MaskRule> on(Column column) {
        int slot = column.hashCode() & (REMEMBERED - 1);
        Known known = remembered.get(slot);
        if (known != null && known.column().equals(column)) {
            return known.rule();
        }
        Optional<MaskRule> rule = find(column);
        remembered.set(slot, new Known(column, rule));
        return rule;
    }

    private Optional<MaskRule> find(Column column) {
        for (ColumnMask mask : masks) {
            if (mask.isOn(upstream, column, tags)) {
                return Optional.of(mask.rule());
            }
        }
        return Optional.empty();
    }
}
