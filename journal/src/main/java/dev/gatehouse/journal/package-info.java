/** Events in a Chronicle queue: writing them ahead, reading them back, telling sessions and statements from them. */
@NullMarked
package dev.gatehouse.journal;

import org.jspecify.annotations.NullMarked;
