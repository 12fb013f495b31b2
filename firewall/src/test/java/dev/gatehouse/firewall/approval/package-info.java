/** Tests of the desk, and the small fakes they need. */
@NullMarked
package dev.gatehouse.firewall.approval;

import org.jspecify.annotations.NullMarked;
