/** The packets of prepared statements: what is prepared, and the values it is executed with. */
@NullMarked
package dev.gatehouse.wire.mysql.prepared;

import org.jspecify.annotations.NullMarked;
