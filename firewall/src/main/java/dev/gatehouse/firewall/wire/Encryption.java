package dev.gatehouse.firewall.wire;

/**
 * What TLS with one side has settled.
 *
 * @param protocol the application protocol both agreed on (ALPN, RFC 7301); empty for none
 * @param endPoint what binds a login to this connection: the hash of the certificate of whoever accepted it
 *     ({@code tls-server-end-point}, RFC 5929); empty where the certificate's signature names no hash
 */
public record Encryption(String protocol, byte[] endPoint) {}
