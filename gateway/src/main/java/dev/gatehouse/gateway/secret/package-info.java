/** What this gateway alone knows, and keeps in a folder of its own. */
@NullMarked
package dev.gatehouse.gateway.secret;

import org.jspecify.annotations.NullMarked;
