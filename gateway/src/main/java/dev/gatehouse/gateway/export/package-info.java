/** What the journal tells, in the formats of other programs. */
@NullMarked
package dev.gatehouse.gateway.export;

import org.jspecify.annotations.NullMarked;
