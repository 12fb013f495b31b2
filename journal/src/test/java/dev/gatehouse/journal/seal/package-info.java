@NullMarked
package dev.gatehouse.journal.seal;

import org.jspecify.annotations.NullMarked;
