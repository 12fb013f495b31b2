/** What is written down, before it happens and after. */
@NullMarked
package dev.gatehouse.firewall.audit;

import org.jspecify.annotations.NullMarked;
