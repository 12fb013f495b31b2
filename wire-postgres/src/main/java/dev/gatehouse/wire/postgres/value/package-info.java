/** The forms of PostgreSQL's values that masks can read and write. */
@NullMarked
package dev.gatehouse.wire.postgres.value;

import org.jspecify.annotations.NullMarked;
