/** Web pages and the HTTP API, for people who decide, ask or look: served by threads of their own, away from all traffic. */
@NullMarked
package dev.gatehouse.console;

import org.jspecify.annotations.NullMarked;
