/** The seam between protocol engines, which do no I/O, and the relay, which does nothing else. */
@NullMarked
package dev.gatehouse.firewall.wire;

import org.jspecify.annotations.NullMarked;
