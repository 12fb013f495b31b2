/** Who is asking, as identity providers say: tokens, the keys they are signed with, and signing in. */
@NullMarked
package dev.gatehouse.identity;

import org.jspecify.annotations.NullMarked;
