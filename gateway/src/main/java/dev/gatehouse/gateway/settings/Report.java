package dev.gatehouse.gateway.settings;

import java.util.ArrayList;
import java.util.List;

/** The text of {@code gatehouse check}. */
final class Report {

    private static final int NAME_COLUMNS = 26;
    private static final int VERSION_COLUMN = 75;

    private Report() {}

    static String of(Loaded loaded) {
        List<String> lines = new ArrayList<>();
        List<String> told = new ArrayList<>();
        for (Loaded.Summary file : loaded.files()) {
            List<Problem> problems = loaded.problems().stream()
                    .filter(p -> p.file().equals(file.name()))
                    .toList();
            lines.add(headline(file, problems));
            problems.forEach(p -> lines.add(p.text()));
            told.add(file.name());
        }
        loaded.problems().stream().filter(p -> !told.contains(p.file())).forEach(p -> lines.add(p.text()));
        return String.join("\n", lines) + "\n";
    }

    private static String headline(Loaded.Summary file, List<Problem> problems) {
        String line =
                padded(file.name(), NAME_COLUMNS) + (problems.isEmpty() ? "ok    " + file.content() : count(problems));
        return file.version().isEmpty() ? line : padded(line, VERSION_COLUMN) + file.version();
    }

    private static String padded(String text, int columns) {
        return text + " ".repeat(Math.max(3, columns - text.length()));
    }

    private static String count(List<Problem> problems) {
        long errors = problems.stream().filter(Problem::isError).count();
        List<String> parts = new ArrayList<>();
        if (errors > 0) {
            parts.add(several(errors, "error"));
        }
        if (problems.size() > errors) {
            parts.add(several(problems.size() - errors, "warning"));
        }
        return String.join(", ", parts);
    }

    /** {@code 1 error}, {@code 2 errors}. */
    static String several(long count, String word) {
        return count + " " + word + (count == 1 ? "" : "s");
    }
}
