/** Rules that hold for the whole product. */
@NullMarked
package dev.gatehouse;

import org.jspecify.annotations.NullMarked;
