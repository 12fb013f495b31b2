/** Tests of the PostgreSQL protocol: bytes in, bytes out. */
@NullMarked
package dev.gatehouse.wire.postgres;

import org.jspecify.annotations.NullMarked;
