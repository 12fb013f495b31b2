package dev.gatehouse.wire.postgres;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the names of one sort stand for on the server, as far as that is certain. A change counts as made when it is sent;
 * the server's answer confirms it or takes it back.
 *
 * <p>Until then it is certain only within its own segment, the messages up to the next Sync or simple query: where the
 * change fails, the server skips the rest of its segment, but what comes behind may meet what the name stood for before.
 *
 * @param <T> what a name stands for
 */
final class Meanings<T> {

    /** One change of a name's meaning. */
    static final class Change<T> {

        private final String name;
        private final @Nullable T meaning;
        private final int segment;
        private boolean confirmed;
        /** Whether the name may stand for something else if this change fails. */
        private boolean alternative;

        private @Nullable Change<T> before;
        private @Nullable Change<T> after;

        private Change(String name, @Nullable T meaning, int segment) {
            this.name = name;
            this.meaning = meaning;
            this.segment = segment;
        }
    }

    /**
     * What a name stands for.
     *
     * @param meaning null where it stands for nothing
     * @param certain whether that is so; otherwise a change has to be confirmed or taken back first
     */
    record Sight<T>(@Nullable T meaning, boolean certain) {}

    private final Map<String, Change<T>> latest = new HashMap<>();

    /**
     * Notes a change that is sent.
     *
     * @param meaning null where the name stands for nothing from then on
     * @param segment which it is sent in; counted upwards
     */
    Change<T> change(String name, @Nullable T meaning, int segment) {
        Change<T> change = new Change<>(name, meaning, segment);
        Change<T> before = latest.put(name, change);
        if (before != null) {
            change.before = before;
            change.alternative = before.meaning != null || before.alternative;
            before.after = change;
        }
        return change;
    }

    /** What a name stands for to a message of this segment. */
    Sight<T> find(String name, int segment) {
        Change<T> change = latest.get(name);
        if (change == null) {
            return new Sight<>(null, true);
        }
        boolean certain = change.confirmed || change.segment == segment || !change.alternative;
        return new Sight<>(change.meaning, certain);
    }

    /** The server has made the change. */
    void confirm(Change<T> change) {
        change.confirmed = true;
        change.alternative = false;
        Change<T> before = change.before;
        if (before != null) {
            before.after = null;
            change.before = null;
        }
        if (change.meaning == null && latest.remove(change.name, change)) {
            return;
        }
        Change<T> after = change.after;
        if (after != null) {
            after.alternative = change.meaning != null;
        }
    }

    /** The server has not made the change. */
    void undo(Change<T> change) {
        Change<T> before = change.before;
        Change<T> after = change.after;
        if (after != null) {
            after.before = before;
        } else if (latest.get(change.name) == change) {
            if (before == null) {
                latest.remove(change.name);
            } else {
                latest.put(change.name, before);
            }
        }
        if (before != null) {
            before.after = after;
        }
    }

    /** Notes that these names stand for nothing from then on; answers the changes. */
    List<Change<T>> clear(Predicate<String> which, int segment) {
        List<Change<T>> changes = new ArrayList<>();
        for (String name : List.copyOf(latest.keySet())) {
            Change<T> known = latest.get(name);
            if (known != null && known.meaning != null && which.test(name)) {
                changes.add(change(name, null, segment));
            }
        }
        return changes;
    }

    /** The names that stand for such a thing. */
    List<String> names(Predicate<T> which) {
        List<String> names = new ArrayList<>(0);
        latest.forEach((name, change) -> {
            if (change.meaning != null && which.test(change.meaning)) {
                names.add(name);
            }
        });
        return names;
    }

    /** Forgets what the server has dropped by itself, of what was there before a segment. */
    void drop(Predicate<T> which, int segment) {
        latest.values()
                .removeIf(change -> change.confirmed
                        && change.segment < segment
                        && change.meaning != null
                        && which.test(change.meaning));
    }
}
