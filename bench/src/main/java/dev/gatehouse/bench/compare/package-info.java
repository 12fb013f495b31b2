/** Compares the gateway with its peers: CPU, throughput and latency, as ratios within one run. */
@NullMarked
package dev.gatehouse.bench.compare;

import org.jspecify.annotations.NullMarked;
