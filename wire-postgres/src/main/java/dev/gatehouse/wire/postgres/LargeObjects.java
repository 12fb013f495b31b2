package dev.gatehouse.wire.postgres;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The functions that clients call by number to read and write large objects: libpq's {@code lo_*}, and through it pg_dump,
 * pg_restore and psql's {@code \lo_import}. Their numbers are the same in every PostgreSQL, so that what a call does is known
 * as well as if it were written in SQL.
 *
 * @see <a href="https://www.postgresql.org/docs/current/lo-interfaces.html">Client Interfaces of Large Objects</a>
 */
final class LargeObjects {

    /** The parameters' types are int4, int8 and bytea; an OID is shown as int4. */
    private static final int INT4 = 23;

    private static final int INT8 = 20;
    private static final int BYTEA = 17;

    private static final Map<Integer, Function> FUNCTIONS = Map.ofEntries(
            function(715, "lo_create", INT4),
            function(952, "lo_open", INT4, INT4),
            function(953, "lo_close", INT4),
            function(954, "loread", INT4, INT4),
            function(955, "lowrite", INT4, BYTEA),
            function(956, "lo_lseek", INT4, INT4, INT4),
            function(957, "lo_creat", INT4),
            function(958, "lo_tell", INT4),
            function(964, "lo_unlink", INT4),
            function(1004, "lo_truncate", INT4, INT4),
            function(3170, "lo_lseek64", INT4, INT8, INT4),
            function(3171, "lo_tell64", INT4),
            function(3172, "lo_truncate64", INT4, INT8));

    /**
     * A function that may be called by number.
     *
     * @param sql the call as a statement, which policy rules on and the journal shows
     * @param types the OIDs of its parameters' types
     */
    @SuppressWarnings("ArrayRecordComponent") // Constants, which are not compared.
    record Function(byte[] sql, int[] types) {}

    private LargeObjects() {}

    private static Map.Entry<Integer, Function> function(int oid, String name, int... types) {
        StringBuilder sql = new StringBuilder("SELECT pg_catalog.").append(name).append('(');
        for (int i = 1; i <= types.length; i++) {
            sql.append(i == 1 ? "$" : ", $").append(i);
        }
        return Map.entry(oid, new Function(sql.append(')').toString().getBytes(StandardCharsets.US_ASCII), types));
    }

    /** The function of this number; null when it is none of these. */
    static @Nullable Function function(int oid) {
        return FUNCTIONS.get(oid);
    }
}
