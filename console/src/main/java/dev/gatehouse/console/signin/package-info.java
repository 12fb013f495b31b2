/** Who sits before the browser: proving it, and remembering it for a while. */
@NullMarked
package dev.gatehouse.console.signin;

import org.jspecify.annotations.NullMarked;
