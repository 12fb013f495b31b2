/** Tests of the MySQL protocol: bytes in, bytes out. */
@NullMarked
package dev.gatehouse.wire.mysql;

import org.jspecify.annotations.NullMarked;
