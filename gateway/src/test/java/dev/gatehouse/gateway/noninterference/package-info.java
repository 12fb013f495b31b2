/**
 * The law that masks keep: what the gateway answers does not depend on the values of protected columns. Nothing here knows a
 * server or a dialect; each brings its two worlds and its statements.
 */
@NullMarked
package dev.gatehouse.gateway.noninterference;

import org.jspecify.annotations.NullMarked;
