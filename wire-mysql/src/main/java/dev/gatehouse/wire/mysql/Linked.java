package dev.gatehouse.wire.mysql;

import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.wire.mysql.message.HandshakeResponse41;

/**
 * The two connections of a session, which outlive whoever has logged in: a client may log in again on them.
 *
 * @param client what the client said of itself when it logged in last
 * @param upstream the server
 * @param agreement what can be done on both
 * @param serverNumber by which the server knows its connection
 * @param encrypted whether the server's connection is under TLS
 */
record Linked(
        HandshakeResponse41 client, Upstream upstream, Agreement agreement, long serverNumber, boolean encrypted) {}
