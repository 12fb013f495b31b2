package dev.gatehouse.wire.mysql;

import static dev.gatehouse.wire.mysql.message.Capabilities.COMPRESS;
import static dev.gatehouse.wire.mysql.message.Capabilities.CONNECT_ATTRS;
import static dev.gatehouse.wire.mysql.message.Capabilities.CONNECT_WITH_DB;
import static dev.gatehouse.wire.mysql.message.Capabilities.DEPRECATE_EOF;
import static dev.gatehouse.wire.mysql.message.Capabilities.FOUND_ROWS;
import static dev.gatehouse.wire.mysql.message.Capabilities.IGNORE_SIGPIPE;
import static dev.gatehouse.wire.mysql.message.Capabilities.IGNORE_SPACE;
import static dev.gatehouse.wire.mysql.message.Capabilities.INTERACTIVE;
import static dev.gatehouse.wire.mysql.message.Capabilities.LOCAL_FILES;
import static dev.gatehouse.wire.mysql.message.Capabilities.LONG_FLAG;
import static dev.gatehouse.wire.mysql.message.Capabilities.LONG_PASSWORD;
import static dev.gatehouse.wire.mysql.message.Capabilities.MARIADB_EXTENDED_METADATA;
import static dev.gatehouse.wire.mysql.message.Capabilities.MARIADB_PROGRESS;
import static dev.gatehouse.wire.mysql.message.Capabilities.MULTI_RESULTS;
import static dev.gatehouse.wire.mysql.message.Capabilities.MULTI_STATEMENTS;
import static dev.gatehouse.wire.mysql.message.Capabilities.NO_SCHEMA;
import static dev.gatehouse.wire.mysql.message.Capabilities.ODBC;
import static dev.gatehouse.wire.mysql.message.Capabilities.PLUGIN_AUTH;
import static dev.gatehouse.wire.mysql.message.Capabilities.PLUGIN_AUTH_LENENC_CLIENT_DATA;
import static dev.gatehouse.wire.mysql.message.Capabilities.PROTOCOL_41;
import static dev.gatehouse.wire.mysql.message.Capabilities.PS_MULTI_RESULTS;
import static dev.gatehouse.wire.mysql.message.Capabilities.RESERVED;
import static dev.gatehouse.wire.mysql.message.Capabilities.SECURE_CONNECTION;
import static dev.gatehouse.wire.mysql.message.Capabilities.SESSION_TRACK;
import static dev.gatehouse.wire.mysql.message.Capabilities.SSL;
import static dev.gatehouse.wire.mysql.message.Capabilities.TRANSACTIONS;
import static dev.gatehouse.wire.mysql.message.Capabilities.ZSTD_COMPRESSION_ALGORITHM;

import dev.gatehouse.wire.mysql.message.Capabilities;

/**
 * What the client, the gateway and the server can do alike. What the gateway cannot see through is not offered: compression,
 * query attributes, results without metadata, MariaDB's bulk operations and cached metadata.
 *
 * @param client agreed on with the client
 * @param server agreed on with the server: the same, and what the gateway needs to follow the session
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/group__group__cs__capabilities__flags.html">Capabilities
 *     Flags</a>
 */
record Agreement(long client, long server) {

    /** What passes as the server offers it. */
    private static final long PASSED = LONG_PASSWORD
            | FOUND_ROWS
            | LONG_FLAG
            | CONNECT_WITH_DB
            | NO_SCHEMA
            | ODBC
            | LOCAL_FILES
            | IGNORE_SPACE
            | PROTOCOL_41
            | INTERACTIVE
            | IGNORE_SIGPIPE
            | TRANSACTIONS
            | RESERVED
            | SECURE_CONNECTION
            | MULTI_STATEMENTS
            | MULTI_RESULTS
            | PS_MULTI_RESULTS
            | PLUGIN_AUTH
            | CONNECT_ATTRS
            | PLUGIN_AUTH_LENENC_CLIENT_DATA
            | SESSION_TRACK
            | DEPRECATE_EOF
            | MARIADB_PROGRESS
            | MARIADB_EXTENDED_METADATA;

    /** What the gateway itself does with a client, whatever the server can do. */
    private static final long OWN = PROTOCOL_41 | SECURE_CONNECTION | PLUGIN_AUTH | CONNECT_WITH_DB | CONNECT_ATTRS;

    /** What the gateway wants of a server besides what the client wants. */
    private static final long WANTED = PROTOCOL_41
            | SECURE_CONNECTION
            | PLUGIN_AUTH
            | PLUGIN_AUTH_LENENC_CLIENT_DATA
            | CONNECT_ATTRS
            | TRANSACTIONS
            | SESSION_TRACK;

    /** What decides over the form of packets that pass, so that both sides must do alike. */
    private static final long FORM =
            DEPRECATE_EOF | MULTI_RESULTS | PS_MULTI_RESULTS | MULTI_STATEMENTS | LONG_FLAG | MARIADB_EXTENDED_METADATA;

    /**
     * What a client is offered.
     *
     * @param server what the servers offer that the client may be let in to
     * @param tls whether TLS is offered
     */
    static long offered(long server, boolean tls) {
        return (server & PASSED) | OWN | (tls ? SSL : 0);
    }

    /** What a client's answer agrees to, of what it was offered. */
    static long agreed(long answered, long offered) {
        return answered & offered;
    }

    /**
     * Whether a client will compress what it says, offered or not: PHP's does where it is asked to. All other clients do as they
     * are offered, and do not say that they would rather.
     */
    static boolean compresses(long answered) {
        return (answered & (COMPRESS | ZSTD_COMPRESSION_ALGORITHM)) != 0;
    }

    /** What is agreed on with a server that offers this, for a client. */
    static Agreement with(long client, long offered, boolean database) {
        long wanted = (client & ~SSL & ~CONNECT_WITH_DB) | WANTED | (database ? CONNECT_WITH_DB : 0);
        return new Agreement(client, wanted & offered);
    }

    /** Whether a server can do all that was promised to the client. */
    boolean holds() {
        return (client & FORM & ~server) == 0;
    }

    /** Whether rows end with an OK packet, and column definitions with nothing. */
    boolean deprecatesEof() {
        return Capabilities.has(server, DEPRECATE_EOF);
    }

    /** Whether column definitions tell of MariaDB's own types. */
    boolean extendedMetadata() {
        return Capabilities.has(server, MARIADB_EXTENDED_METADATA);
    }

    /** Whether the client is told what changes in the session's state. */
    boolean clientTracks() {
        return Capabilities.has(client, SESSION_TRACK);
    }

    /** Whether the server tells what changes in the session's state. */
    boolean serverTracks() {
        return Capabilities.has(server, SESSION_TRACK);
    }

    boolean severalStatements() {
        return Capabilities.has(client, MULTI_STATEMENTS);
    }

    /** Whether the client understands MariaDB's reports of progress. */
    boolean showsProgress() {
        return Capabilities.has(client, MARIADB_PROGRESS);
    }
}
