package dev.gatehouse.gateway.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects everything wrong with the files, so that one look shows it all. */
final class Problems {

    private final List<Problem> found = new ArrayList<>();
    private final boolean strict;

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

    /** All problems in the order of their places, file by file as they were read. */
    List<Problem> sorted() {
        List<String> files = found.stream().map(Problem::file).distinct().toList();
        List<Problem> result = new ArrayList<>(found);
        result.sort(Comparator.comparing((Problem p) -> files.indexOf(p.file()))
                .thenComparing(Problem::line)
                .thenComparing(Problem::column));
        return List.copyOf(result);
    }
}
