package dev.gatehouse.bench.compare;

/**
 * One measurement of one target.
 *
 * @param target what stood in the middle
 * @param figure what was measured, unit included: {@code simple: CPU µs per query}
 * @param round the round it belongs to; only samples of one round are held against each other
 * @param value the measurement; NaN where the figure has no meaning, such as the CPU of nothing
 */
record Sample(String target, String figure, int round, double value) {}
