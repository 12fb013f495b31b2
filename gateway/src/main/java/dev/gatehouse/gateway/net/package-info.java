/** Sockets and TLS: everything that does I/O for a session, and nothing else. */
@NullMarked
package dev.gatehouse.gateway.net;

import org.jspecify.annotations.NullMarked;
