package dev.gatehouse.wire.mysql.message;

/**
 * What a server tells of a session behind each answer, one bit each.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/mysql__com_8h.html">SERVER_STATUS_flags_enum</a>
 */
public final class Status {

    public static final int IN_TRANSACTION = 0x0001;
    public static final int AUTOCOMMIT = 0x0002;
    /** Another result of the same command follows. */
    public static final int MORE_RESULTS_EXIST = 0x0008;

    public static final int NO_GOOD_INDEX_USED = 0x0010;
    public static final int NO_INDEX_USED = 0x0020;
    /** The rows wait in a cursor, to be fetched. */
    public static final int CURSOR_EXISTS = 0x0040;

    public static final int LAST_ROW_SENT = 0x0080;
    public static final int DATABASE_DROPPED = 0x0100;
    /** {@code sql_mode} has NO_BACKSLASH_ESCAPES. */
    public static final int NO_BACKSLASH_ESCAPES = 0x0200;

    public static final int METADATA_CHANGED = 0x0400;
    public static final int QUERY_WAS_SLOW = 0x0800;
    /** The row at hand holds a procedure's OUT parameters. */
    public static final int OUT_PARAMETERS = 0x1000;

    public static final int IN_READ_ONLY_TRANSACTION = 0x2000;
    /** The answer tells what changed in the session's state. */
    public static final int SESSION_STATE_CHANGED = 0x4000;

    /** MariaDB: {@code sql_mode} has ANSI_QUOTES. */
    public static final int ANSI_QUOTES = 0x8000;

    private Status() {}
}
