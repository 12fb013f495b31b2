package dev.gatehouse.bench.corpora;

import dev.gatehouse.bench.corpora.Tally.Finds;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Prints what was counted in one corpus. */
final class Report {

    private static final String LINE = "  %-8s %6s %10s %10s %8s %8s %14s %8s %8s%n";

    private final PrintWriter out;
    private final int reasons;
    private final int samples;

    Report(PrintWriter out, int reasons, int samples) {
        this.out = out;
        this.reasons = reasons;
        this.samples = samples;
    }

    void print(Map<String, Tally> tallies) {
        out.printf(
                LINE,
                "kind",
                "valid",
                "understood",
                "right kind",
                "calcite",
                "verb",
                "invalid taken",
                "missing",
                "extra");
        tallies.forEach(this::line);
        finds("not understood", tallies, tally -> tally.opaque);
        finds("called another kind", tallies, tally -> tally.wrongKind);
        finds("a table missing from the account", tallies, tally -> tally.missing);
        finds("a table too many in the account", tallies, tally -> tally.extra);
        finds("invalid, yet understood", tallies, tally -> tally.accepted);
    }

    private void line(String kind, Tally tally) {
        out.printf(
                LINE,
                kind,
                tally.valid,
                share(tally.understood, tally.valid),
                share(tally.rightKind, tally.valid),
                share(tally.layers.getOrDefault("calcite", 0), tally.valid),
                share(tally.layers.getOrDefault("verb", 0), tally.valid),
                tally.accepted.count() + " of " + tally.invalid,
                tally.judged == 0 ? "" : tally.missing.count(),
                tally.judged == 0 ? "" : tally.extra.count());
    }

    private static String share(int part, int whole) {
        return whole == 0 ? "" : String.format(Locale.ROOT, "%.2f %%", Math.floor(part * 10_000.0 / whole) / 100);
    }

    private void finds(String title, Map<String, Tally> tallies, Function<Tally, Finds> kept) {
        boolean any =
                tallies.values().stream().anyMatch(tally -> kept.apply(tally).count() > 0);
        if (any) {
            out.printf("  %s%n", title);
            tallies.forEach((kind, tally) -> list(kind, kept.apply(tally)));
        }
    }

    private void list(String kind, Finds finds) {
        List<Map.Entry<String, Integer>> ranked = finds.ranked();
        for (Map.Entry<String, Integer> find : ranked.subList(0, Math.min(reasons, ranked.size()))) {
            out.printf("    %6d  %-8s %s%n", find.getValue(), kind, find.getKey());
            List<String> kept = finds.samples(find.getKey());
            kept.subList(0, Math.min(samples, kept.size())).forEach(sample -> out.printf("            %s%n", sample));
        }
        if (ranked.size() > reasons) {
            out.printf("            … and %d more sorts of %s%n", ranked.size() - reasons, kind);
        }
    }
}
