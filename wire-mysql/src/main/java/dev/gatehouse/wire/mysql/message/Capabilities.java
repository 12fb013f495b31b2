package dev.gatehouse.wire.mysql.message;

import io.netty.buffer.ByteBuf;

/**
 * What the two sides of a connection can do, one bit each: MySQL's in the lower half of a {@code long}, MariaDB's own in the
 * upper one.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/group__group__cs__capabilities__flags.html">Capabilities
 *     Flags</a>
 * @see <a href="https://mariadb.com/kb/en/connection/#capabilities">MariaDB: Connection, Capabilities</a>
 */
public final class Capabilities {

    /** Meant long passwords once. MariaDB calls it CLIENT_MYSQL: without it, MariaDB's own capabilities follow. */
    public static final long LONG_PASSWORD = 1;

    /** Counts rows that a statement found rather than those it changed. */
    public static final long FOUND_ROWS = 1L << 1;

    public static final long LONG_FLAG = 1L << 2;
    /** The login names a database. */
    public static final long CONNECT_WITH_DB = 1L << 3;

    public static final long NO_SCHEMA = 1L << 4;
    public static final long COMPRESS = 1L << 5;
    public static final long ODBC = 1L << 6;
    /** The client sends files for LOAD DATA LOCAL. */
    public static final long LOCAL_FILES = 1L << 7;

    public static final long IGNORE_SPACE = 1L << 8;
    public static final long PROTOCOL_41 = 1L << 9;
    public static final long INTERACTIVE = 1L << 10;
    public static final long SSL = 1L << 11;
    public static final long IGNORE_SIGPIPE = 1L << 12;
    /** The status of a session is told. */
    public static final long TRANSACTIONS = 1L << 13;

    public static final long RESERVED = 1L << 14;
    /** A proof is as long as it says; RESERVED2 in newer documents. */
    public static final long SECURE_CONNECTION = 1L << 15;

    public static final long MULTI_STATEMENTS = 1L << 16;
    public static final long MULTI_RESULTS = 1L << 17;
    public static final long PS_MULTI_RESULTS = 1L << 18;
    public static final long PLUGIN_AUTH = 1L << 19;
    public static final long CONNECT_ATTRS = 1L << 20;
    public static final long PLUGIN_AUTH_LENENC_CLIENT_DATA = 1L << 21;
    public static final long CAN_HANDLE_EXPIRED_PASSWORDS = 1L << 22;
    public static final long SESSION_TRACK = 1L << 23;
    public static final long DEPRECATE_EOF = 1L << 24;
    public static final long OPTIONAL_RESULTSET_METADATA = 1L << 25;
    public static final long ZSTD_COMPRESSION_ALGORITHM = 1L << 26;
    public static final long QUERY_ATTRIBUTES = 1L << 27;
    public static final long MULTI_FACTOR_AUTHENTICATION = 1L << 28;
    public static final long CAPABILITY_EXTENSION = 1L << 29;
    public static final long SSL_VERIFY_SERVER_CERT = 1L << 30;
    public static final long REMEMBER_OPTIONS = 1L << 31;

    public static final long MARIADB_PROGRESS = 1L << 32;
    public static final long MARIADB_COM_MULTI = 1L << 33;
    public static final long MARIADB_STMT_BULK_OPERATIONS = 1L << 34;
    public static final long MARIADB_EXTENDED_METADATA = 1L << 35;
    public static final long MARIADB_CACHE_METADATA = 1L << 36;
    public static final long MARIADB_BULK_UNIT_RESULTS = 1L << 37;

    private static final int HALF = 32;
    private static final long LOWER_HALF = 0xffff_ffffL;

    /** The reserved bytes of a handshake that MariaDB's capabilities stand behind, or in place of. */
    static final int UNUSED_BYTES = 6;

    private static final int MARIADB_BYTES = Integer.BYTES;

    private Capabilities() {}

    /** Whether all of these bits are among those. */
    public static boolean has(long capabilities, long bits) {
        return (capabilities & bits) == bits;
    }

    /** Reads the end of the reserved bytes of a handshake, where MariaDB says what else it can do; answers all of them. */
    static long readMariaDb(Body body, long capabilities) {
        if (has(capabilities, LONG_PASSWORD)) {
            body.skip(MARIADB_BYTES);
            return capabilities;
        }
        return capabilities | body.int4() << HALF;
    }

    static void writeMariaDb(ByteBuf out, long capabilities) {
        out.writeIntLE(has(capabilities, LONG_PASSWORD) ? 0 : (int) (capabilities >>> HALF));
    }

    /** Those that MySQL knows, as four bytes hold them. */
    static int ofMySql(long capabilities) {
        return (int) (capabilities & LOWER_HALF);
    }
}
