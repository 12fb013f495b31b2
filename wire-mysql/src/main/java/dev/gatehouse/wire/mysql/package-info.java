/** The MySQL and MariaDB client protocol, both directions, without any I/O. */
@NullMarked
package dev.gatehouse.wire.mysql;

import org.jspecify.annotations.NullMarked;
