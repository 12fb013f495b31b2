/** The messages the engine reads or writes itself, one type each; everything else stays bytes. */
@NullMarked
package dev.gatehouse.wire.postgres.message;

import org.jspecify.annotations.NullMarked;
