/** The floor for a hop in Java: a relay that only moves bytes. */
@NullMarked
package dev.gatehouse.bench.relay;

import org.jspecify.annotations.NullMarked;
