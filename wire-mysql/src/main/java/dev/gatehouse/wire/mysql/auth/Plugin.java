package dev.gatehouse.wire.mysql.auth;

import java.util.Locale;
import java.util.Optional;

/**
 * The ways of proving oneself that the gateway knows; each has the name of the plugin on the wire.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/authentication-plugins.html">MySQL: Authentication Plugins</a>
 * @see <a href="https://mariadb.com/kb/en/authentication-plugins/">MariaDB: Authentication Plugins</a>
 */
public enum Plugin {
    /** MySQL's default since 8.0: a proof where the server remembers the password, else the password itself, encrypted. */
    CACHING_SHA2_PASSWORD,
    /** What came before it: always the password itself, encrypted. Spoken with servers alone. */
    SHA256_PASSWORD,
    /** MySQL's default before 8.0, and MariaDB's. */
    MYSQL_NATIVE_PASSWORD,
    /** The password itself. */
    MYSQL_CLEAR_PASSWORD,
    /** MariaDB's, by a signature. */
    CLIENT_ED25519;

    /** Its name on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one of that name, which counts without case. */
    public static Optional<Plugin> named(String name) {
        for (Plugin plugin : values()) {
            if (plugin.name().equalsIgnoreCase(name)) {
                return Optional.of(plugin);
            }
        }
        return Optional.empty();
    }
}
