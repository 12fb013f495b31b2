/** Decides which columns of a result are masked, from the statement's text and the server's description. */
@NullMarked
package dev.gatehouse.masking;

import org.jspecify.annotations.NullMarked;
