package dev.gatehouse.wire.mysql.result;

import dev.gatehouse.wire.mysql.message.ProtocolViolation;

/**
 * The types of columns and parameters, by their numbers, and how many bytes a value takes in a binary row.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/field__types_8h.html">enum_field_types</a>
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_binary_resultset.html">Binary Protocol
 *     Resultset</a>
 */
public final class ColumnType {

    public static final int DECIMAL = 0;
    public static final int TINY = 1;
    public static final int SHORT = 2;
    public static final int LONG = 3;
    public static final int FLOAT = 4;
    public static final int DOUBLE = 5;
    public static final int NULL = 6;
    public static final int TIMESTAMP = 7;
    public static final int LONGLONG = 8;
    public static final int INT24 = 9;
    public static final int DATE = 10;
    public static final int TIME = 11;
    public static final int DATETIME = 12;
    public static final int YEAR = 13;
    public static final int VARCHAR = 15;
    public static final int BIT = 16;
    public static final int VECTOR = 242;
    public static final int JSON = 245;
    public static final int NEWDECIMAL = 246;
    public static final int ENUM = 247;
    public static final int SET = 248;
    public static final int TINY_BLOB = 249;
    public static final int MEDIUM_BLOB = 250;
    public static final int LONG_BLOB = 251;
    public static final int BLOB = 252;
    public static final int VAR_STRING = 253;
    public static final int STRING = 254;
    public static final int GEOMETRY = 255;

    /** What {@link #size} answers for values behind one byte that says how long they are. */
    public static final int BEHIND_ONE_BYTE = -1;

    /** What {@link #size} answers for length-encoded strings. */
    public static final int LENGTH_ENCODED = -2;

    private ColumnType() {}

    /**
     * How many bytes a value takes in binary form; or {@link #BEHIND_ONE_BYTE}, or {@link #LENGTH_ENCODED}.
     *
     * @throws ProtocolViolation for a type that no result has
     */
    public static int size(int type) {
        return switch (type) {
            case TINY -> 1;
            case SHORT, YEAR -> 2;
            case LONG, INT24, FLOAT -> 4;
            case LONGLONG, DOUBLE -> 8;
            case NULL -> 0;
            case DATE, DATETIME, TIMESTAMP, TIME -> BEHIND_ONE_BYTE;
            case DECIMAL,
                    NEWDECIMAL,
                    VARCHAR,
                    BIT,
                    VECTOR,
                    JSON,
                    ENUM,
                    SET,
                    TINY_BLOB,
                    MEDIUM_BLOB,
                    LONG_BLOB,
                    BLOB,
                    VAR_STRING,
                    STRING,
                    GEOMETRY -> LENGTH_ENCODED;
            default -> throw new ProtocolViolation("a column of type " + type);
        };
    }

    /** Whether values of this type may be character strings, which the character set then says. */
    public static boolean mayBeText(int type) {
        return switch (type) {
            case VARCHAR, TINY_BLOB, MEDIUM_BLOB, LONG_BLOB, BLOB, VAR_STRING, STRING -> true;
            default -> false;
        };
    }
}
