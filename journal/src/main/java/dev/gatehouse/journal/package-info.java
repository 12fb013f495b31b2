/** Events in a Chronicle queue: writing them ahead, reading them back, replaying them. */
@NullMarked
package dev.gatehouse.journal;

import org.jspecify.annotations.NullMarked;
