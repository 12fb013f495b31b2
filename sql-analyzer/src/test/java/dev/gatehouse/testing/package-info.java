/** Real servers for tests, in this module and in others. */
@NullMarked
package dev.gatehouse.testing;

import org.jspecify.annotations.NullMarked;
