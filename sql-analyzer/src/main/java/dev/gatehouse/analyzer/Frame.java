package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.firewall.statement.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    record Source(String alias, @Nullable Table table, Rowset rows, boolean hidden) {}

    private final @Nullable Frame parent;
    private final List<Source> sources = new ArrayList<>();
    private final Map<String, Rowset> queries = new HashMap<>();
    private final Map<String, Boolean> pending = new HashMap<>();
    private int targetHits;

    Frame(@Nullable Frame parent) {
        this.parent = parent;
    }

    @Nullable
    Frame parent() {
        return parent;
    }

    List<Source> sources() {
        return sources;
    }

    void add(Source source) {
        sources.add(source);
    }

    /** Replaces the target of a command that writes, which is the first source. */
    void target(Rowset rows) {
        Source target = sources.get(0);
        sources.set(0, new Source(target.alias(), target.table(), rows, target.hidden()));
    }

    /** Notes that a name meant a column of this source. */
    void hit(Source source) {
        if (sources.get(0).equals(source)) {
            targetHits++;
        }
    }

    /** How often a column of the first source was meant. */
    int targetHits() {
        return targetHits;
    }

    /** Announces a name that WITH defines, whose columns are not known yet. */
    void announce(String name) {
        pending.put(name, true);
    }

    void define(String name, Rowset rows) {
        pending.remove(name);
        queries.put(name, rows);
    }

    /** The query WITH gave this name, here or further out. */
    @Nullable
    Rowset query(String name) {
        for (Frame frame = this; frame != null; frame = frame.parent) {
            if (frame.pending.containsKey(name)) {
                throw new Unreadable("WITH queries that refer to each other", 0);
            }
            Rowset rows = frame.queries.get(name);
            if (rows != null) {
                return rows;
            }
        }
        return null;
    }
}
