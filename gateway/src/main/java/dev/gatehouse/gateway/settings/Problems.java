package dev.gatehouse.gateway.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Collects everything wrong with the files, so that one look shows it all. */
final class Problems {

    private final List<Problem> found = new ArrayList<>();
    private final List<Hidden> hidden = new ArrayList<>();
    private final boolean strict;

    /** A place whose text is not shown; columns and lines are 0-based, the end is not in it. */
    private record Hidden(String file, int line, int column, int endLine, int endColumn) {

        String cover(Problem problem) {
            int at = problem.line() - 1;
            String source = problem.source();
            if (!file.equals(problem.file()) || at < line || at > endLine) {
                return source;
            }
            int from = Math.min(at == line ? column : 0, source.length());
            int to = Math.max(from, Math.min(at == endLine ? endColumn : source.length(), source.length()));
            return source.substring(0, from) + "•".repeat(to - from) + source.substring(to);
        }
    }

    Problems(boolean strict) {
        this.strict = strict;
    }

    /** Whether warnings that have a strict form are errors. */
    boolean strict() {
        return strict;
    }

    /** Adds a problem; the same one at the same place, met again through an alias, counts once. */
    void add(Problem problem) {
        if (!found.contains(problem)) {
            found.add(problem);
        }
    }

    /** Keeps a place's text out of the lines shown under problems, since it is a secret or may be one. */
    void hide(String file, Mark start, Mark end) {
        hidden.add(new Hidden(file, start.getLine(), start.getColumn(), end.getLine(), end.getColumn()));
    }

    private Problem covered(Problem problem) {
        Problem result = problem;
        for (Hidden place : hidden) {
            result = result.showing(place.cover(result));
        }
        return result;
    }

    /** All problems in the order of their places: the server file first, then by name. */
    List<Problem> sorted() {
        List<Problem> result = new ArrayList<>(found.stream().map(this::covered).toList());
        result.sort(Comparator.comparing((Problem p) -> p.file().indexOf('/') >= 0)
                .thenComparing(Problem::file)
                .thenComparing(Problem::line)
                .thenComparing(Problem::column));
        return List.copyOf(result);
    }
}
