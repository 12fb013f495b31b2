package dev.gatehouse.wire.mysql.auth;

/**
 * What logins of clients share, as long as the gateway runs.
 *
 * @param key encrypts passwords of clients that come in clear text
 * @param passwords what is remembered of those that were told
 */
public record Secrets(PasswordKey key, RememberedPasswords passwords) {

    /** Those of a gateway that has just started. */
    public Secrets() {
        this(new PasswordKey(), new RememberedPasswords());
    }
}
