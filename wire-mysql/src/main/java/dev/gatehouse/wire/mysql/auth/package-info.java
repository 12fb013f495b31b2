/** The ways by which clients and servers of MySQL and MariaDB prove themselves, without any I/O. */
@NullMarked
package dev.gatehouse.wire.mysql.auth;

import org.jspecify.annotations.NullMarked;
