/** Clients that speak PostgreSQL's protocol raw, to put load on whatever stands in the middle. */
@NullMarked
package dev.gatehouse.bench.load;

import org.jspecify.annotations.NullMarked;
