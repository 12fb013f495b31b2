package dev.gatehouse.firewall.session;

import java.util.Optional;

/**
 * What proves that somebody is a user: the same password, kept in the form that each way of proving it needs.
 *
 * @param password for SCRAM, where it is a {@link ScramVerifier}, and for every way by which the gateway is told the password
 *     itself
 * @param nativeHash for MySQL's {@code mysql_native_password}; empty where the user may not use it
 * @param ed25519 for MariaDB's {@code client_ed25519}; empty where the user may not use it
 */
public record Credentials(PasswordVerifier password, Optional<NativeHash> nativeHash, Optional<Ed25519Key> ed25519) {

    /** Those of a user for whom nothing is kept beside the one verifier. */
    public static Credentials of(PasswordVerifier password) {
        return new Credentials(password, Optional.empty(), Optional.empty());
    }
}
