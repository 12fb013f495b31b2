/** Tests of what tells what statements do. */
@NullMarked
package dev.gatehouse.gateway.analyze;

import org.jspecify.annotations.NullMarked;
