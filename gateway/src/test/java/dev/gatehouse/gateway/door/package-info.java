/** Tests of who may enter, by themselves. */
@NullMarked
package dev.gatehouse.gateway.door;

import org.jspecify.annotations.NullMarked;
