/** Who is asking, and which database they were let in to. */
@NullMarked
package dev.gatehouse.firewall.session;

import org.jspecify.annotations.NullMarked;
