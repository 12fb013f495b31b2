/** Tests of the package of the same name. */
@NullMarked
package dev.gatehouse.console.page;

import org.jspecify.annotations.NullMarked;
