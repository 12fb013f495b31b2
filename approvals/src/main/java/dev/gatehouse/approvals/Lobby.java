package dev.gatehouse.approvals;

import dev.gatehouse.firewall.approval.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those at this gateway who wait for a request to move: statements, and whoever watches. Safe for many threads; nobody is told
 * anything under its lock, and one who fails when told does not keep the next from being told.
 */
final class Lobby {

    private static final Logger LOG = LoggerFactory.getLogger(Lobby.class);

    /** The version of a request that is not there. */
    static final long GONE = -1;

    private final Map<String, Bench> benches = new HashMap<>();

    /** Those who wait for one request. */
    private static final class Bench {
        /** The version of the request that they know; zero as long as nobody has looked. */
        long version;

        final List<Place> places = new ArrayList<>(1);
        final List<Runnable> watchers = new ArrayList<>(1);

        boolean isEmpty() {
            return places.isEmpty() && watchers.isEmpty();
        }
    }

    synchronized void seat(Place place, long version) {
        Bench bench = benches.computeIfAbsent(id(place), id -> new Bench());
        bench.version = bench.isEmpty() ? version : Math.min(bench.version, version);
        bench.places.add(place);
    }

    /** Watches a request from the version on that is seen next. */
    synchronized Runnable watch(String id, Runnable moved) {
        Bench bench = benches.computeIfAbsent(id, any -> new Bench());
        bench.watchers.add(moved);
        return () -> unwatch(id, moved);
    }

    /** Somebody has looked at a request: what is later than that is news. */
    synchronized void seen(String id, long version) {
        Bench bench = benches.get(id);
        if (bench != null && (bench.version == 0 || version < bench.version)) {
            bench.version = version;
        }
    }

    private synchronized void unwatch(String id, Runnable moved) {
        Bench bench = benches.get(id);
        if (bench != null) {
            bench.watchers.remove(moved);
            tidy(id, bench);
        }
    }

    private void tidy(String id, Bench bench) {
        if (bench.isEmpty()) {
            benches.remove(id);
        }
    }

    /** Takes a statement from its place; whether it still was there. */
    synchronized boolean unseat(Place place) {
        Bench bench = benches.get(id(place));
        if (bench == null || !bench.places.remove(place)) {
            return false;
        }
        tidy(id(place), bench);
        return true;
    }

    /** The statement that has waited longest. */
    synchronized Optional<Place> first(String id) {
        Bench bench = benches.get(id);
        return bench == null ? Optional.empty() : bench.places.stream().findFirst();
    }

    synchronized int waiting(String id) {
        Bench bench = benches.get(id);
        return bench == null ? 0 : bench.places.size();
    }

    /** Takes all from their places. */
    synchronized List<Place> clear(String id) {
        Bench bench = benches.get(id);
        if (bench == null) {
            return List.of();
        }
        List<Place> all = List.copyOf(bench.places);
        bench.places.clear();
        tidy(id, bench);
        return all;
    }

    /** Takes those from their places who have waited long enough. */
    synchronized List<Place> due(Instant now) {
        List<Place> due = new ArrayList<>();
        for (Iterator<Bench> all = benches.values().iterator(); all.hasNext(); ) {
            Bench bench = all.next();
            for (Iterator<Place> places = bench.places.iterator(); places.hasNext(); ) {
                Place place = places.next();
                if (!place.applicant().until().isAfter(now)) {
                    due.add(place);
                    places.remove();
                }
            }
            if (bench.isEmpty()) {
                all.remove();
            }
        }
        return due;
    }

    /** The requests for which somebody waits. */
    synchronized Set<String> awaited() {
        return new HashSet<>(benches.keySet());
    }

    /** Which of these have moved, or are not there any more, for those who wait. */
    synchronized List<String> moved(Set<String> asked, Map<String, Long> versions) {
        List<String> moved = new ArrayList<>();
        for (String id : asked) {
            Bench bench = benches.get(id);
            long version = versions.getOrDefault(id, GONE);
            if (bench != null && bench.version == 0 && version != GONE) {
                bench.version = version;
            } else if (bench != null && bench.version != version) {
                moved.add(id);
            }
        }
        return moved;
    }

    /** Tells those who watch a request that it has moved. */
    void tellWatchers(String id, long version) {
        List<Runnable> tell;
        synchronized (this) {
            Bench bench = benches.get(id);
            if (bench == null) {
                return;
            }
            bench.version = version;
            tell = List.copyOf(bench.watchers);
            bench.watchers.clear();
            tidy(id, bench);
        }
        tell.forEach(Lobby::tell);
    }

    static void tell(Runnable one) {
        try {
            one.run();
        } catch (RuntimeException e) {
            LOG.error("one who was told that a request moved failed at it", e);
        }
    }

    private static String id(Place place) {
        return place.ticket().request().id();
    }
}
