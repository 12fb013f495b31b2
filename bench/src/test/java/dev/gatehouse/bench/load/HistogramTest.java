package dev.gatehouse.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class HistogramTest {

    @Property
    void aSingleDurationIsKeptToAShareOfItself(@ForAll @LongRange(max = Long.MAX_VALUE) long nanos) {
        Histogram histogram = new Histogram();

        histogram.add(nanos);

        assertThat(histogram.percentile(0.5)).isLessThanOrEqualTo(nanos).isGreaterThanOrEqualTo(nanos - nanos / 64);
    }

    @Test
    void percentilesAreRanks() {
        Histogram histogram = new Histogram();
        for (int i = 1; i <= 50; i++) {
            histogram.add(i);
        }

        assertThat(histogram.percentile(0.5)).isEqualTo(25);
        assertThat(histogram.percentile(0.99)).isEqualTo(50);
        assertThat(histogram.total()).isEqualTo(50);
    }

    @Test
    void addingAnotherCountsBoth() {
        Histogram one = new Histogram();
        Histogram two = new Histogram();
        one.add(1);
        two.add(60);

        one.add(two);

        assertThat(one.total()).isEqualTo(2);
        assertThat(one.percentile(1)).isEqualTo(60);
    }
}
