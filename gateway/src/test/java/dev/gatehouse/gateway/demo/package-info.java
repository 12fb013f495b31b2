/** Tests. */
@NullMarked
package dev.gatehouse.gateway.demo;

import org.jspecify.annotations.NullMarked;
