/** Tests of how clients and servers prove themselves. */
@NullMarked
package dev.gatehouse.wire.mysql.auth;

import org.jspecify.annotations.NullMarked;
