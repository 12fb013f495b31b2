/** Tests of sockets and TLS by themselves. */
@NullMarked
package dev.gatehouse.gateway.net;

import org.jspecify.annotations.NullMarked;
