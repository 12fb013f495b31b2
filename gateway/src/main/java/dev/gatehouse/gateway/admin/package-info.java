/** The appliance's own door: an HTTP API on a Unix domain socket, for whoever is on the same host. */
@NullMarked
package dev.gatehouse.gateway.admin;

import org.jspecify.annotations.NullMarked;
