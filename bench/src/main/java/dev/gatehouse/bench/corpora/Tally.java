package dev.gatehouse.bench.corpora;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The counts of one kind of statement in one corpus. */
final class Tally {

    /** What was found wrong, by what is wrong, with samples. */
    static final class Finds {

        private static final int KEPT = 40;

        private final Map<String, List<String>> samples = new TreeMap<>();
        private final Map<String, Integer> counts = new TreeMap<>();

        void add(String what, String sample) {
            counts.merge(what, 1, Integer::sum);
            List<String> kept = samples.computeIfAbsent(what, w -> new ArrayList<>());
            if (kept.size() < KEPT) {
                kept.add(sample);
            }
        }

        int count() {
            return counts.values().stream().mapToInt(Integer::intValue).sum();
        }

        /** The most frequent first. */
        List<Map.Entry<String, Integer>> ranked() {
            return counts.entrySet().stream()
                    .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                    .toList();
        }

        List<String> samples(String what) {
            return samples.getOrDefault(what, List.of());
        }
    }

    int valid;
    int understood;
    int rightKind;
    int invalid;
    final Map<String, Integer> layers = new TreeMap<>();
    final Finds opaque = new Finds();
    final Finds accepted = new Finds();
    final Finds wrongKind = new Finds();
    final Finds missing = new Finds();
    final Finds extra = new Finds();
    int judged;

    /** Takes one statement into account. */
    void add(Sample sample, Reply reply, Optional<Verdict> verdict) {
        if (!sample.valid()) {
            invalid++;
            if (reply.understood()) {
                accepted.add(reply.layer(), sample.glance());
            }
            return;
        }
        valid++;
        if (!reply.understood()) {
            opaque.add(reason(reply), sample.glance());
            return;
        }
        understood++;
        layers.merge(reply.layer(), 1, Integer::sum);
        boolean right = reply.isOf(sample.kind());
        verdict.ifPresent(said -> judge(sample, reply, said));
        if (right && verdict.map(said -> said.isCalled(reply.kind())).orElse(true)) {
            rightKind++;
        } else {
            String node = verdict.map(Verdict::node).orElse("");
            wrongKind.add(
                    sample.kind() + " " + node + " is called " + reply.kind() + "/" + reply.statementClass(),
                    sample.glance());
        }
    }

    private void judge(Sample sample, Reply reply, Verdict verdict) {
        judged++;
        compare(verdict.tables(), reply.tables(), missing, verdict, sample);
        compare(reply.tables(), verdict.tables(), extra, verdict, sample);
    }

    private static void compare(Set<String> these, Set<String> those, Finds finds, Verdict verdict, Sample sample) {
        Set<String> left = new TreeSet<>(these);
        left.removeAll(those);
        if (!left.isEmpty()) {
            finds.add(verdict.node(), String.join(", ", left) + "  in  " + sample.glance());
        }
    }

    /** A reason without what differs from text to text. */
    private static String reason(Reply reply) {
        return reply.reason()
                .orElse("")
                .replaceFirst(", at character \\d+$", "")
                .replaceAll("\"[^\"]*\"", "\"…\"");
    }
}
