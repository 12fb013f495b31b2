/** JMH benchmarks of the gateway's parts. */
@NullMarked
package dev.gatehouse.bench.micro;

import org.jspecify.annotations.NullMarked;
