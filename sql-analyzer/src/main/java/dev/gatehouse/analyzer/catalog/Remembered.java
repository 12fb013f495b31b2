package dev.gatehouse.analyzer.catalog;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What was read of a server's objects, each kept until its version says that it has changed. */
final class Remembered<T> {

    private record Kept<T>(String version, T value) {}

    /** Reads objects by their {@code oid}; those that have gone meanwhile, or cannot be read now, are left out. */
    interface Details<T> {
        Map<Long, T> read(List<Long> oids) throws SQLException;
    }

    private final Map<Long, Kept<T>> kept = new HashMap<>();

    /**
     * Reads what is not known in this version, and forgets what is no longer there.
     *
     * @param versions of all objects there are, by {@code oid}; of a version that was read before the object itself
     * @return what is known of them
     */
    Map<Long, T> refresh(Map<Long, String> versions, Details<T> details) throws SQLException {
        kept.keySet().retainAll(versions.keySet());
        List<Long> changed = new ArrayList<>();
        versions.forEach((oid, version) -> {
            Kept<T> known = kept.get(oid);
            if (known == null || !known.version().equals(version)) {
                kept.remove(oid);
                changed.add(oid);
            }
        });
        if (!changed.isEmpty()) {
            details.read(changed)
                    .forEach((oid, value) ->
                            kept.put(oid, new Kept<>(Objects.requireNonNull(versions.get(oid)), value)));
        }
        Map<Long, T> values = new HashMap<>();
        kept.forEach((oid, known) -> values.put(oid, known.value()));
        return values;
    }

    void forget() {
        kept.clear();
    }
}
