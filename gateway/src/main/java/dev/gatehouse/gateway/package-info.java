/** The appliance itself: sockets, wiring, and the program's entry. */
@NullMarked
package dev.gatehouse.gateway;

import org.jspecify.annotations.NullMarked;
