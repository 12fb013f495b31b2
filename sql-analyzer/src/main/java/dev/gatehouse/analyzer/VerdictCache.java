package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.catalog.DatabaseCatalog;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Scope;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Remembers analyses by fingerprint, scope and catalog. Bounded and without locks: each text has one place, and who comes
 * later takes it.
 */
final class VerdictCache {

    private static final int PLACES = 1 << 14;
    /** What is longer hardly comes twice. */
    private static final int MAX_BYTES = 1 << 20;

    /**
     * One remembered analysis.
     *
     * @param analysis what the text means; null where only the exact text may be asked for
     * @param library the catalog it was made from
     * @param version that catalog's version at the time
     */
    private record Entry(
            long first, long second, Scope scope, @Nullable Analysis analysis, DatabaseCatalog library, long version) {}

    private final AtomicReferenceArray<@Nullable Entry> places = new AtomicReferenceArray<>(PLACES);
    private final ThreadLocal<Fingerprint> fingerprints = ThreadLocal.withInitial(Fingerprint::new);

    /** The analysis of this text, or of one of the same shape; null when there is none at hand that still holds. */
    @Nullable
    Analysis recall(byte[] sql, int length, Scope scope) {
        return recall(sql, length, scope, entry -> entry.library().version());
    }

    /** The same for who has the catalog's version at hand. */
    @Nullable
    Analysis recall(byte[] sql, Scope scope, long version) {
        return recall(sql, sql.length, scope, entry -> version);
    }

    private @Nullable Analysis recall(byte[] sql, int length, Scope scope, ToLongFunction<Entry> version) {
        if (length > MAX_BYTES) {
            return null;
        }
        Fingerprint fingerprint = fingerprints.get();
        if (fingerprint.shape(sql, length, scope.modes())) {
            Entry entry = find(fingerprint, scope, version);
            if (entry == null) {
                return null;
            }
            if (entry.analysis() != null) {
                return entry.analysis();
            }
        }
        fingerprint.exact(sql, length);
        Entry entry = find(fingerprint, scope, version);
        return entry == null ? null : entry.analysis();
    }

    private @Nullable Entry find(Fingerprint fingerprint, Scope scope, ToLongFunction<Entry> version) {
        Entry entry = places.get(place(fingerprint, scope));
        boolean same = entry != null
                && entry.first() == fingerprint.first()
                && entry.second() == fingerprint.second()
                && entry.version() == version.applyAsLong(entry)
                && entry.scope().equals(scope);
        return same ? entry : null;
    }

    private static int place(Fingerprint fingerprint, Scope scope) {
        return (int) (fingerprint.first() ^ scope.hashCode()) & (PLACES - 1);
    }

    /**
     * Remembers what a text means.
     *
     * @param blind whether every text of the same shape means the same
     */
    void remember(byte[] sql, Scope scope, Analysis analysis, boolean blind, DatabaseCatalog library, long version) {
        if (sql.length > MAX_BYTES) {
            return;
        }
        Fingerprint fingerprint = fingerprints.get();
        boolean shaped = fingerprint.shape(sql, sql.length, scope.modes());
        if (shaped) {
            put(fingerprint, scope, blind ? analysis : null, library, version);
        }
        if (!shaped || !blind) {
            fingerprint.exact(sql, sql.length);
            put(fingerprint, scope, analysis, library, version);
        }
    }

    private void put(
            Fingerprint fingerprint, Scope scope, @Nullable Analysis analysis, DatabaseCatalog library, long version) {
        places.set(
                place(fingerprint, scope),
                new Entry(fingerprint.first(), fingerprint.second(), scope, analysis, library, version));
    }
}
