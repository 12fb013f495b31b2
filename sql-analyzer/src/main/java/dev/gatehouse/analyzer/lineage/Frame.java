package dev.gatehouse.analyzer.lineage;

import dev.gatehouse.firewall.statement.Table;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What names mean at one level of a query; the levels around it come after. */
final class Frame {

    /**
     * A table in FROM.
     *
     * @param alias what it is called there
     * @param table the relation it is, unless it is a query or a function
     * @param rows its columns
     * @param hidden whether only qualified names reach it, and no star
     */
    record Source(String alias, @Nullable Table table, Rowset rows, boolean hidden) {

        Source with(Rowset others) {
            return new Source(alias, table, others, hidden);
        }
    }

    private final @Nullable Frame parent;
    private final List<Source> sources = new ArrayList<>();
    private final Map<String, Rowset> queries = new HashMap<>();
    private final Set<String> pending = new HashSet<>();
    private boolean usedPending;
    private Rowset results = Rowset.EMPTY;
    private boolean resultsSeen;
    private final BitSet targets = new BitSet();
    private int targetHits;

    Frame(@Nullable Frame parent) {
        this.parent = parent;
    }

    /** A level beside this one that has only some of its tables: those of a join. */
    Frame only(List<Source> some) {
        Frame frame = new Frame(parent);
        frame.sources.addAll(some);
        return frame;
    }

    @Nullable
    Frame parent() {
        return parent;
    }

    List<Source> sources() {
        return sources;
    }

    /** The tables added since there were so many. */
    List<Source> since(int count) {
        return List.copyOf(sources.subList(count, sources.size()));
    }

    void add(Source source) {
        sources.add(source);
    }

    /** Takes back the tables added since there were so many. */
    void forget(int count) {
        sources.subList(count, sources.size()).clear();
    }

    void replace(int place, Rowset rows) {
        sources.set(place, sources.get(place).with(rows));
    }

    /** Says that the table at this place is one a command writes. */
    void aim(int place) {
        targets.set(place);
    }

    /** Notes that a name meant a column of this very source. */
    @SuppressWarnings("ReferenceEquality")
    void hit(Source source) {
        for (int i = targets.nextSetBit(0); i >= 0; i = targets.nextSetBit(i + 1)) {
            if (sources.get(i) == source) {
                targetHits++;
            }
        }
    }

    /** How often a column of a table that is written was meant. */
    int targetHits() {
        return targetHits;
    }

    /** Tells the result columns found so far, for inner queries that may see their names. */
    void results(Rowset rows) {
        results = rows;
    }

    /** Lets this level itself see the names of its result columns from now on. */
    void showResults() {
        resultsSeen = true;
    }

    /** The result columns whose names are seen from a level. */
    Rowset results(Frame from) {
        return resultsSeen || from != this ? results : Rowset.EMPTY;
    }

    /**
     * Gives a name that WITH defines its rows.
     *
     * @return what they were taken to be before
     */
    @Nullable
    Rowset define(String name, Rowset rows) {
        pending.remove(name);
        return queries.put(name, rows);
    }

    /** The same for rows that are not all known yet. */
    void begin(String name, Rowset rows) {
        pending.add(name);
        queries.put(name, rows);
    }

    /** Says of all names that their rows are not all known yet. */
    void beginAgain() {
        pending.addAll(queries.keySet());
        usedPending = false;
    }

    /** Whether rows were used since that were not all known. */
    boolean usedPending() {
        return usedPending;
    }

    /** The query WITH gave this name, here or further out. */
    @Nullable
    Rowset query(String name) {
        for (Frame frame = this; frame != null; frame = frame.parent) {
            Rowset rows = frame.queries.get(name);
            if (rows != null) {
                frame.usedPending |= frame.pending.contains(name);
                return rows;
            }
        }
        return null;
    }
}
