/** What a program may ask of the gateway about requests, whichever way it comes: the same answers on every door. */
@NullMarked
package dev.gatehouse.console.api;

import org.jspecify.annotations.NullMarked;
