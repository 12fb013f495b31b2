package dev.gatehouse.bench.compare;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Prints what was measured as Markdown, ready for {@code docs/performance.md}. */
final class Table {

    private static final int LARGE = 1000;
    private static final int SMALL = 5;

    private Table() {}

    /** Prints each figure of every target: median (min–max), and the median ratio to the relay of the same round. */
    static void print(Figures figures, List<String> targets, PrintStream out) {
        List<String> names = figures.names();
        List<String> header = new ArrayList<>(List.of("figure"));
        header.addAll(targets);
        row(header, out);
        row(header.stream().map(cell -> "---").toList(), out);
        for (String figure : names) {
            List<String> cells = new ArrayList<>(List.of(figure));
            for (String target : targets) {
                cells.add(cell(figures, target, figure));
            }
            row(cells, out);
        }
        out.println();
        for (String target : targets) {
            figures.difference(target, Middle.DIRECT, Comparison.P50)
                    .filter(added -> !target.equals(Middle.DIRECT))
                    .ifPresent(added -> out.println("added p50 of " + target + ": " + added.text(0) + " µs"));
        }
    }

    private static String cell(Figures figures, String target, String figure) {
        Optional<Spread> spread = figures.spread(target, figure);
        if (spread.isEmpty()) {
            return "–";
        }
        double median = spread.get().median();
        int decimals = median < SMALL ? 3 : median < LARGE ? 1 : 0;
        String ratio = target.equals(Middle.RELAY)
                ? ""
                : figures.ratio(target, Middle.RELAY, figure)
                        .map(over -> " · " + over.text(2) + "×")
                        .orElse("");
        return spread.get().text(decimals) + ratio;
    }

    private static void row(List<String> cells, PrintStream out) {
        out.println("| " + String.join(" | ", cells) + " |");
    }
}
