/** Tells others what happens to requests, by signed messages. */
@NullMarked
package dev.gatehouse.gateway.notify;

import org.jspecify.annotations.NullMarked;
