package dev.gatehouse.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/** Everything a run has measured so far. Used by one thread. */
final class Figures {

    private final List<Sample> samples = new ArrayList<>();

    /** Adds one. */
    void add(Sample sample) {
        samples.add(sample);
    }

    /** What was measured, in the order it was first. */
    List<String> names() {
        return samples.stream().map(Sample::figure).distinct().toList();
    }

    /** One figure of a target over its rounds; empty if it was never measured. */
    Optional<Spread> spread(String target, String figure) {
        return spread(of(target, figure).stream().map(Sample::value).toList());
    }

    /** A target's figure over another's of the same round; empty if no round has both. */
    Optional<Spread> ratio(String target, String reference, String figure) {
        return pairs(target, reference, figure, (one, other) -> one / other);
    }

    /** A target's figure less another's of the same round; empty if no round has both. */
    Optional<Spread> difference(String target, String reference, String figure) {
        return pairs(target, reference, figure, (one, other) -> one - other);
    }

    private Optional<Spread> pairs(String target, String reference, String figure, DoubleBinaryOperator how) {
        List<Double> results = new ArrayList<>();
        for (Sample one : of(target, figure)) {
            of(reference, figure).stream()
                    .filter(other -> other.round() == one.round())
                    .forEach(other -> results.add(how.applyAsDouble(one.value(), other.value())));
        }
        return spread(results);
    }

    private List<Sample> of(String target, String figure) {
        return samples.stream()
                .filter(sample ->
                        sample.target().equals(target) && sample.figure().equals(figure))
                .toList();
    }

    private static Optional<Spread> spread(List<Double> values) {
        List<Double> numbers = values.stream().filter(Double::isFinite).toList();
        return numbers.isEmpty() ? Optional.empty() : Optional.of(Spread.of(numbers));
    }
}
