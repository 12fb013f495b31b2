/** Tests. */
@NullMarked
package dev.gatehouse.gateway.admin;

import org.jspecify.annotations.NullMarked;
