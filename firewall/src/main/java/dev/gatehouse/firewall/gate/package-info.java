/** The one place every statement passes before it may reach a database. */
@NullMarked
package dev.gatehouse.firewall.gate;

import org.jspecify.annotations.NullMarked;
