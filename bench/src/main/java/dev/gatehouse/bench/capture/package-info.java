/** Records sessions between real clients and real servers as test vectors. */
@NullMarked
package dev.gatehouse.bench.capture;

import org.jspecify.annotations.NullMarked;
