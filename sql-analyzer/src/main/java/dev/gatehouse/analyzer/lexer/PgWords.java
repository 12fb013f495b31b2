package dev.gatehouse.analyzer.lexer;

import java.util.Set;

/**
 * PostgreSQL's key words, as far as they decide how a text is read.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-keywords-appendix.html">SQL Key Words</a>
 */
public final class PgWords {

    /** Words that are never a column or a table. */
    public static final Set<String> RESERVED = Set.of(
            ("all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create "
                            + "current_catalog current_date current_role current_time current_timestamp current_user "
                            + "default deferrable desc distinct do else end except false fetch for foreign from grant "
                            + "group having in initially intersect into lateral leading limit localtime localtimestamp "
                            + "not null offset on only or order placing primary references returning select "
                            + "session_user some symmetric system_user table then to trailing true union unique user "
                            + "using variadic when where window with")
                    .split(" "));

    /** Words that join tables or compare, and so are no alias of a table, though they may name a function. */
    public static final Set<String> NO_ALIAS = Set.of(
            ("authorization binary collation concurrently cross current_schema freeze full ilike inner is isnull join left "
                            + "like natural notnull outer overlaps right similar tablesample verbose")
                    .split(" "));

    /** Words that may name a column or a table, but not a function or a type. */
    public static final Set<String> NO_FUNCTION = Set.of(
            ("between bigint bit boolean char character coalesce dec decimal exists extract float greatest grouping inout "
                            + "int integer interval json json_array json_arrayagg json_exists json_object json_objectagg "
                            + "json_query json_scalar json_serialize json_table json_value least merge_action national "
                            + "nchar none normalize nullif numeric out overlay position precision real row setof smallint "
                            + "substring time timestamp treat trim values varchar xmlattributes xmlconcat xmlelement "
                            + "xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable")
                    .split(" "));

    /** Words that cannot name a result column unless AS precedes them. */
    public static final Set<String> NO_BARE_LABEL = Set.of(
            ("array as char character create day except fetch filter for from grant group having hour intersect into isnull "
                            + "limit minute month notnull offset on order over overlaps precision returning second to "
                            + "union varying where window with within without year")
                    .split(" "));

    /** Functions that are called without parentheses. */
    public static final Set<String> CALLED_BARE = Set.of(
            ("current_catalog current_date current_role current_schema current_time current_timestamp current_user "
                            + "localtime localtimestamp session_user system_user user")
                    .split(" "));

    /** Words that begin a query. */
    public static final Set<String> QUERY = Set.of("select", "values", "table", "with");

    /** Words that begin a command that changes rows. */
    public static final Set<String> WRITE = Set.of("insert", "update", "delete", "merge");

    private PgWords() {}
}
