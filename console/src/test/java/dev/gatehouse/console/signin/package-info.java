/** Tests of the package of the same name. */
@NullMarked
package dev.gatehouse.console.signin;

import org.jspecify.annotations.NullMarked;
