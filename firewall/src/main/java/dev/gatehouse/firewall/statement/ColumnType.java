package dev.gatehouse.firewall.statement;

import java.util.Locale;
import java.util.Set;

/**
 * The type of a table's column.
 *
 * @param name as the server writes it, such as {@code character varying(60)} or {@code int unsigned}
 * @param sort what its values are, as far as a mask must know
 */
public record ColumnType(String name, Sort sort) {

    /** What values are, as far as a mask must know. */
    public enum Sort {
        /** Character strings of any content. */
        TEXT,
        /** Whole numbers, decimals and floating points. */
        NUMBER,
        /** Dates and timestamps. */
        TIME,
        /** What no mask knows: times of day, intervals, truth values, lists, documents, arrays, bytes. */
        OTHER
    }

    private static final Set<String> PG_TEXT = Set.of(
            "text", "character varying", "varchar", "character", "char", "\"char\"", "bpchar", "name", "unknown");
    private static final Set<String> PG_NUMBERS = Set.of(
            "smallint",
            "integer",
            "bigint",
            "int2",
            "int",
            "int4",
            "int8",
            "numeric",
            "decimal",
            "real",
            "double precision",
            "float4",
            "float8");
    private static final Set<String> PG_TIMES =
            Set.of("date", "timestamp", "timestamptz", "timestamp without time zone", "timestamp with time zone");

    private static final Set<String> MYSQL_TEXT =
            Set.of("char", "varchar", "tinytext", "text", "mediumtext", "longtext");
    private static final Set<String> MYSQL_NUMBERS = Set.of(
            "tinyint", "smallint", "mediumint", "int", "integer", "bigint", "decimal", "numeric", "float", "double");
    private static final Set<String> MYSQL_TIMES = Set.of("date", "datetime", "timestamp");

    /**
     * Reads a type as its server writes it: PostgreSQL's {@code format_type()}, MySQL's {@code column_type}. A domain is read by
     * the type it is of.
     */
    public static ColumnType of(Dialect dialect, String written) {
        return new ColumnType(
                written, dialect == Dialect.POSTGRESQL ? ofPostgres(bare(written)) : ofMySql(bare(written)));
    }

    /** The type without lengths and the like: {@code timestamp(3) with time zone} is {@code timestamp with time zone}. */
    private static String bare(String written) {
        int open = written.indexOf('(');
        int close = written.lastIndexOf(')');
        String bare = open < 0 || close < open ? written : written.substring(0, open) + written.substring(close + 1);
        return bare.toLowerCase(Locale.ROOT).strip();
    }

    private static Sort ofPostgres(String type) {
        return PG_TEXT.contains(type)
                ? Sort.TEXT
                : PG_NUMBERS.contains(type) ? Sort.NUMBER : PG_TIMES.contains(type) ? Sort.TIME : Sort.OTHER;
    }

    private static Sort ofMySql(String type) {
        int space = type.indexOf(' ');
        String word = space < 0 ? type : type.substring(0, space);
        return MYSQL_TEXT.contains(word)
                ? Sort.TEXT
                : MYSQL_NUMBERS.contains(word) ? Sort.NUMBER : MYSQL_TIMES.contains(word) ? Sort.TIME : Sort.OTHER;
    }
}
