/** Tests of the packets of the MySQL protocol. */
@NullMarked
package dev.gatehouse.wire.mysql.message;

import org.jspecify.annotations.NullMarked;
