/** The packets of the MySQL protocol, one type for each that is read or written. */
@NullMarked
package dev.gatehouse.wire.mysql.message;

import org.jspecify.annotations.NullMarked;
