/** JMH benchmarks of parts that only their own package sees. */
@NullMarked
package dev.gatehouse.journal;

import org.jspecify.annotations.NullMarked;
