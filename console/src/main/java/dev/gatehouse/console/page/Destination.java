package dev.gatehouse.console.page;

import dev.gatehouse.firewall.statement.Dialect;

/**
 * A database that somebody may connect to through the gateway.
 *
 * @param upstream what the client gives as the database name
 * @param host the gateway's, as clients reach it
 * @param port the gateway's, for this dialect
 * @param login the held credential that the session works under
 * @param encrypted whether the gateway offers TLS there
 */
public record Destination(String upstream, Dialect dialect, String host, int port, String login, boolean encrypted) {}
