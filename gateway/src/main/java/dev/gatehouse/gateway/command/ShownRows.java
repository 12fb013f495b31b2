package dev.gatehouse.gateway.command;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The rows of results, as a replay shows them: of each a heading, the first few, and how many more there are. */
final class ShownRows {

    private static final int MOST_CELL = 60;

    private final int most;
    private final Deque<List<String>> ended = new ArrayDeque<>();
    private final List<String> rows = new ArrayList<>();
    private @Nullable String heading;
    private int count;

    /** @param most how many rows of one result are kept */
    ShownRows(int most) {
        this.most = most;
    }

    /** Begins a result with its columns' names. */
    void head(List<String> names) {
        heading = String.join(" | ", names.stream().map(Visible::line).toList());
    }

    /** Goes on with a result whose columns' names were told before. */
    void resume() {
        heading = "";
    }

    /** Takes a row; its cells are asked for only if it is to be shown. */
    void row(Supplier<List<String>> cells) {
        count++;
        if (rows.size() < most) {
            rows.add(String.join(" | ", cells.get()));
        }
    }

    /** Counts a row that cannot be shown. */
    void rowUnseen() {
        count++;
    }

    /** A value, in one line of moderate length. */
    static String cell(String text) {
        String line = Visible.line(text);
        return line.length() <= MOST_CELL ? line : line.substring(0, MOST_CELL - 1) + "…";
    }

    /** Ends a result, with rows or without. */
    void end() {
        List<String> lines = new ArrayList<>();
        if (heading != null && most > 0) {
            if (!heading.isEmpty()) {
                lines.add(heading);
            }
            lines.addAll(rows);
            if (count > rows.size()) {
                lines.add("… " + (count - rows.size()) + " more");
            }
        }
        ended.add(lines);
        rows.clear();
        heading = null;
        count = 0;
    }

    /** How many results have ended that nobody has taken. */
    int results() {
        return ended.size();
    }

    /** Takes the first result that has ended; nothing when none has. */
    List<String> take() {
        return ended.isEmpty() ? List.of() : ended.remove();
    }

    /** Forgets everything, at the start of a statement. */
    void clear() {
        end();
        ended.clear();
    }
}
