package dev.gatehouse.gateway.noninterference;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What chance decides in a generator of statements; the same for the same seed. */
public final class Choices {

    private final Random random;

    public Choices(long seed) {
        random = new Random(seed);
    }

    /** A number from 0 up to but not including this. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** True so often in a hundred times. */
    public boolean often(int percent) {
        return random.nextInt(100) < percent;
    }

    @SafeVarargs
    public final <T> T of(T... some) {
        return some[random.nextInt(some.length)];
    }

    public <T> T of(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    /** One of several, of which only that one is made. */
    @SafeVarargs
    public final String made(Supplier<String>... some) {
        return some[random.nextInt(some.length)].get();
    }

    /** Up to so many of what is made, at least one, separated. */
    public String some(int most, String separator, Supplier<String> made) {
        return Stream.generate(made).limit(1L + random.nextInt(most)).collect(Collectors.joining(separator));
    }

    /** A text, so often in a hundred times, or nothing. */
    public String maybe(int percent, Supplier<String> text) {
        return often(percent) ? text.get() : "";
    }
}
