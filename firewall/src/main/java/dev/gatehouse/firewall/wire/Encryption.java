package dev.gatehouse.firewall.wire;

import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * What TLS with one side has settled.
 *
 * @param protocol the application protocol both agreed on (ALPN, RFC 7301); empty for none
 * @param endPoint what binds a login to this connection: the hash of the certificate of whoever accepted it
 *     ({@code tls-server-end-point}, RFC 5929); empty where the certificate's signature names no hash
 * @param peer to whom the other side's certificate was issued, which was checked; empty where it showed none, or where it is a
 *     server's that need not be who it says
 */
public record Encryption(String protocol, byte[] endPoint, Optional<X500Principal> peer) {

    /** With a side that showed no certificate. */
    public Encryption(String protocol, byte[] endPoint) {
        this(protocol, endPoint, Optional.empty());
    }
}
