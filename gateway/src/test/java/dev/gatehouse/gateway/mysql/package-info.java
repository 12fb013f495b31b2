/** What MySQL and MariaDB servers do with what is put on their wire. */
@NullMarked
package dev.gatehouse.gateway.mysql;

import org.jspecify.annotations.NullMarked;
