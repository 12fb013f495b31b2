/** The rules: from a session and what its statement does, to a ruling. */
@NullMarked
package dev.gatehouse.firewall.policy;

import org.jspecify.annotations.NullMarked;
