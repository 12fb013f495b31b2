/** The PostgreSQL protocol, version 3, in both directions, without any I/O. */
@NullMarked
package dev.gatehouse.wire.postgres;

import org.jspecify.annotations.NullMarked;
