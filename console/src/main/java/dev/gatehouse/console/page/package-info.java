/** The console's pages, made on the server. Whatever text is on them may be an attacker's, and nothing becomes markup. */
@NullMarked
package dev.gatehouse.console.page;

import org.jspecify.annotations.NullMarked;
