/** JMH benchmarks of parts that only their own package sees. */
@NullMarked
package dev.gatehouse.wire.postgres;

import org.jspecify.annotations.NullMarked;
