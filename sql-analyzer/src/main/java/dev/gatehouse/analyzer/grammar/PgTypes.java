package dev.gatehouse.analyzer.grammar;

import java.util.Set;
import org.apache.calcite.sql.SqlCollectionTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Words that PostgreSQL's grammar reads each in its own way: the types and the calls of the standard. */
final class PgTypes implements PgSqlParserConstants {

    /** What looks like a call and has a syntax of its own. */
    static final Set<String> SPECIAL_CALLS = Set.of(
            "cast",
            "coalesce",
            "exists",
            "extract",
            "greatest",
            "grouping",
            "json",
            "json_array",
            "json_arrayagg",
            "json_exists",
            "json_object",
            "json_objectagg",
            "json_query",
            "json_scalar",
            "json_serialize",
            "json_value",
            "least",
            "merge_action",
            "normalize",
            "nullif",
            "overlay",
            "position",
            "substring",
            "treat",
            "trim",
            "xmlconcat",
            "xmlelement",
            "xmlexists",
            "xmlforest",
            "xmlparse",
            "xmlpi",
            "xmlroot",
            "xmlserialize");

    /** Types that are key words, alone or with more words. */
    static final Set<String> KEY_WORDS = Set.of(
            "bigint",
            "bit",
            "boolean",
            "char",
            "character",
            "dec",
            "decimal",
            "double",
            "float",
            "int",
            "integer",
            "interval",
            "json",
            "national",
            "nchar",
            "numeric",
            "real",
            "smallint",
            "time",
            "timestamp",
            "varchar");

    /** What the name of a type ends with that has modifiers. */
    static final String MODIFIED = "(n)";

    private PgTypes() {}

    /** The name of a type that has modifiers. */
    static SqlIdentifier modified(SqlIdentifier name) {
        int last = name.names.size() - 1;
        return name.setName(last, name.names.get(last) + MODIFIED);
    }

    static SqlDataTypeSpec type(SqlIdentifier name) {
        SqlParserPos position = name.getParserPosition();
        return new SqlDataTypeSpec(new SqlUserDefinedTypeNameSpec(name, position), position);
    }

    static SqlDataTypeSpec array(SqlDataTypeSpec element) {
        SqlParserPos position = element.getParserPosition();
        return new SqlDataTypeSpec(
                new SqlCollectionTypeNameSpec(element.getTypeNameSpec(), SqlTypeName.ARRAY, position), position);
    }

    /** Whether a type that is a key word begins at a token. */
    static boolean isKeyWordType(PgToken token) {
        return token.source().sort() == dev.gatehouse.analyzer.lexer.Token.Sort.WORD
                && KEY_WORDS.contains(token.image)
                && (!token.isWord("double") || token.ahead(1).isWord("precision"));
    }

    /** The token after a type that begins here; null where none that is a key word does. */
    static @Nullable PgToken afterKeyWordType(PgToken first) {
        if (!isKeyWordType(first)) {
            return null;
        }
        PgToken token = first.ahead(1);
        if (first.isWord("double")) {
            return token.ahead(1);
        }
        if (first.isWord("national") && (token.isWord("char") || token.isWord("character"))) {
            token = token.ahead(1);
        }
        if (token.isWord("varying")) {
            token = token.ahead(1);
        }
        if (token.is(LPAREN)) {
            token = token.partner().ahead(1);
        }
        boolean zoned = token.isWord("with") || token.isWord("without");
        if (zoned && token.ahead(1).isWord("time") && token.ahead(2).isWord("zone")) {
            token = token.ahead(3);
        }
        return token;
    }
}
