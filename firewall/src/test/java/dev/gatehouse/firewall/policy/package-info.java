/** Tests of the rules. */
@NullMarked
package dev.gatehouse.firewall.policy;

import org.jspecify.annotations.NullMarked;
