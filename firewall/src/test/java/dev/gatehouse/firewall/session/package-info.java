/** Tests of what is known of a session. */
@NullMarked
package dev.gatehouse.firewall.session;

import org.jspecify.annotations.NullMarked;
