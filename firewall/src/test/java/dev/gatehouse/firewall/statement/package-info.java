/** Tests of what is known of a statement. */
@NullMarked
package dev.gatehouse.firewall.statement;

import org.jspecify.annotations.NullMarked;
