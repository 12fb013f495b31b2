package dev.gatehouse.firewall.policy;

import dev.gatehouse.firewall.statement.Column;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which tags a column carries. */
final class Tags {

    private final List<Classification> classifications;

    Tags(List<Classification> classifications) {
        this.classifications = classifications;
    }

    /** Whether a column carries one of these tags. */
    Truth tagged(Names tags, String upstream, Column column) {
        Truth result = Truth.NO;
        for (Classification classification : classifications) {
            if (result != Truth.YES && tags.match(classification.tag())) {
                result = result.or(named(classification.columns(), upstream, column));
            }
        }
        return result;
    }

    /** Whether any column of an upstream may carry one of these tags. */
    boolean reach(Names tags, String upstream) {
        return classifications.stream()
                .filter(c -> tags.match(c.tag()))
                .flatMap(c -> c.columns().stream())
                .anyMatch(pattern -> pattern.reaches(upstream));
    }

    /** What values are looked for that count as carrying one of these tags. */
    List<ValueKind> detected(Names tags) {
        return classifications.stream()
                .filter(c -> tags.match(c.tag()))
                .flatMap(c -> c.detect().stream())
                .toList();
    }

    /** All tags of a column, for people. */
    Set<String> of(String upstream, Column column) {
        Set<String> result = new LinkedHashSet<>();
        for (Classification classification : classifications) {
            if (named(classification.columns(), upstream, column) != Truth.NO) {
                result.add(classification.tag());
            }
        }
        return result;
    }

    static Truth named(List<NamePattern> patterns, String upstream, Column column) {
        Truth result = Truth.NO;
        for (NamePattern pattern : patterns) {
            result = result.or(pattern.column(upstream, column));
        }
        return result;
    }
}
