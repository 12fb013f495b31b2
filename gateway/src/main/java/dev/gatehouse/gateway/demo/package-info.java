/** The whole product shown on a real database of its own. */
@NullMarked
package dev.gatehouse.gateway.demo;

import org.jspecify.annotations.NullMarked;
