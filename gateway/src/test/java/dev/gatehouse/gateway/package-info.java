/** Tests of the whole: real clients, a gateway, a real server. */
@NullMarked
package dev.gatehouse.gateway;

import org.jspecify.annotations.NullMarked;
