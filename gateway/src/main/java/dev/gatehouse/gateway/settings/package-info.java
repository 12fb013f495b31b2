/** Reads the server's file and the policy files strictly, and says exactly what is wrong where. */
@NullMarked
package dev.gatehouse.gateway.settings;

import org.jspecify.annotations.NullMarked;
