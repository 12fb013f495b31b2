package dev.gatehouse.firewall.session;

import java.net.InetAddress;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * How a client has come.
 *
 * @param source its address
 * @param encrypted whether its connection is under TLS
 * @param certificate to whom the certificate was issued that it has shown, by an issuer the listener trusts; empty for none
 */
public record Arrival(InetAddress source, boolean encrypted, Optional<X500Principal> certificate) {

    /** Of a client that has shown no certificate. */
    public Arrival(InetAddress source, boolean encrypted) {
        this(source, encrypted, Optional.empty());
    }
}
