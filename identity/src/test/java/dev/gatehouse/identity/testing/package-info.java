/** An identity provider for tests, in this module and in others. */
@NullMarked
package dev.gatehouse.identity.testing;

import org.jspecify.annotations.NullMarked;
