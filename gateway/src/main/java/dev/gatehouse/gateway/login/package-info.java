/** Signing in on the command line: tokens, where they are kept, and clients that are started with them. */
@NullMarked
package dev.gatehouse.gateway.login;

import org.jspecify.annotations.NullMarked;
