/** Tests of the gate. */
@NullMarked
package dev.gatehouse.gateway.gate;

import org.jspecify.annotations.NullMarked;
