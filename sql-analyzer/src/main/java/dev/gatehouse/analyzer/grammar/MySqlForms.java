package dev.gatehouse.analyzer.grammar;

import dev.gatehouse.analyzer.lexer.Bounds;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.analyzer.tree.Form;
import dev.gatehouse.analyzer.tree.Select;
import dev.gatehouse.firewall.statement.Table;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSetOperator;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** What MySQL's words mean to its grammar, and which node of the tree each of its forms has. */
final class MySqlForms {

    /** Reserved words that name functions all the same. */
    static final Set<String> RESERVED_FUNCTIONS = words(
            "char cume_dist current_date current_role current_time current_timestamp current_user database dense_rank "
                    + "first_value grouping if insert interval lag last_value lead left localtime localtimestamp mod "
                    + "nth_value ntile percent_rank rank repeat replace right row_number schema utc_date utc_time "
                    + "utc_timestamp values");

    /** Functions that are called without parentheses. */
    static final Set<String> BARE_CALLS = words(
            "current_date current_role current_time current_timestamp current_user localtime localtimestamp utc_date "
                    + "utc_time utc_timestamp");

    /** What looks like a call and has a syntax of its own. */
    static final Set<String> SPECIAL = words(
            "cast convert default extract get_format json_value lastval mid nextval position setval substr substring "
                    + "timestampadd timestampdiff trim weight_string");

    static final Set<String> CONSTANTS = words("true false null");
    static final Set<String> TEMPORAL = words("date time timestamp");
    static final Set<String> UNITS =
            words("microsecond second minute hour day week month quarter year second_microsecond minute_microsecond "
                    + "minute_second hour_microsecond hour_second hour_minute day_microsecond day_second day_minute "
                    + "day_hour year_month sql_tsi_second sql_tsi_minute sql_tsi_hour sql_tsi_day sql_tsi_week "
                    + "sql_tsi_month sql_tsi_quarter sql_tsi_year");

    static final Set<String> SELECT_OPTIONS = words(
            "all distinct distinctrow high_priority straight_join sql_small_result sql_big_result sql_buffer_result "
                    + "sql_cache sql_no_cache sql_calc_found_rows");

    static final Set<String> FIELD_FORMAT = words("terminated optionally enclosed escaped");
    static final Set<String> LINE_FORMAT = words("terminated starting");

    /** Types of CAST and JSON_TABLE. */
    static final Set<String> TYPES = words(
            "bigint binary bit blob bool boolean char character date datetime dec decimal double enum fixed float "
                    + "geometry geometrycollection inet4 inet6 int int1 int2 int3 int4 int8 integer interval json "
                    + "linestring long longblob longtext mediumblob mediumint mediumtext middleint multilinestring "
                    + "multipoint multipolygon national nchar numeric nvarchar point polygon real signed smallint text "
                    + "time timestamp tinyblob tinyint tinytext unsigned uuid varbinary varchar vector year");

    static final Set<String> JSON_TYPES = TYPES;
    static final Set<String> TYPE_SUFFIXES =
            words("ascii binary character charset collate precision signed unicode unsigned varying zerofill");

    /** {@code INTERVAL 1 DAY}. Operands: the amount, the unit. */
    static final Form INTERVAL = new Form("INTERVAL");

    private static final int MOST_PARAMETER_DIGITS = 9;

    private MySqlForms() {}

    private static Set<String> words(String words) {
        return Set.of(words.split(" "));
    }

    static boolean is(Token token, String word) {
        return ((MySqlToken) token).isWord(word);
    }

    private static String text(Token token) {
        return ((MySqlToken) token).source().text();
    }

    /** Whether the names that come next are tables to delete from, with USING after them. */
    static boolean endsInUsing(MySqlToken first) {
        MySqlToken token = first;
        while (token.isName()
                || token.is(MySqlParserConstants.DOT)
                || token.is(MySqlParserConstants.STAR)
                || token.is(MySqlParserConstants.COMMA)) {
            token = token.ahead(1);
        }
        return token.isWord("using");
    }

    static SqlNode number(Token token) {
        String text = token.image.toLowerCase(Locale.ROOT);
        SqlParserPos position = Nodes.position(token);
        if (text.startsWith("0x") || text.startsWith("0b")) {
            return binary(token);
        }
        Bounds.checkDigits(((MySqlToken) token).source());
        try {
            return text.contains("e")
                    ? SqlLiteral.createApproxNumeric(text, position)
                    : SqlLiteral.createExactNumeric(text.endsWith(".") ? text + "0" : text, position);
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new Unreadable("a number out of range", token.beginColumn);
        }
    }

    /** A literal written in hexadecimal digits or in bits. */
    static SqlNode binary(Token token) {
        String digits = token.image.length() < 2 ? "" : token.image.substring(2);
        if (token.image.startsWith("0b")) {
            return Form.BITS.node(Nodes.position(token), Nodes.word(digits, Nodes.position(token)));
        }
        if (!token.image.startsWith("0x")) {
            throw new Unreadable("a number after a character set", token.beginColumn);
        }
        byte[] value = HexFormat.of().parseHex(digits.length() % 2 == 0 ? digits : "0" + digits);
        return SqlLiteral.createBinaryString(value, Nodes.position(token));
    }

    static SqlNode parameter(Token token) {
        if (token.image.length() > MOST_PARAMETER_DIGITS) {
            throw new Unreadable("too many parameters", token.beginColumn);
        }
        return new org.apache.calcite.sql.SqlDynamicParam(Integer.parseInt(token.image) - 1, Nodes.position(token));
    }

    static SqlNode constant(Token token) {
        SqlParserPos position = Nodes.position(token);
        return is(token, "null")
                ? SqlLiteral.createNull(position)
                : SqlLiteral.createBoolean(is(token, "true"), position);
    }

    static SqlNode variable(Token token) {
        return Form.VARIABLE.node(Nodes.position(token), Nodes.word(text(token), Nodes.position(token)));
    }

    /** A variable of a routine. */
    static SqlNode local(SqlNode name) {
        SqlParserPos position = name.getParserPosition();
        return Form.VARIABLE.node(position, Nodes.word(name.toString(), position));
    }

    static boolean isSum(MySqlToken operator) {
        return operator.isOperator("+") || operator.isOperator("-");
    }

    /** Whether a window's bound ended with a word that a frame cannot begin with alone. */
    static boolean isAfter(Token last) {
        return is(last, "following");
    }

    static boolean isInterval(SqlNode node) {
        return node instanceof SqlCall call && call.getOperator().equals(INTERVAL);
    }

    /** A function of the user's that is called as one of the server's, whichever database it is in. */
    static SqlIdentifier usersFunction(Token name) {
        SqlParserPos position = Nodes.position(name);
        return new SqlIdentifier(List.of(Table.UNKNOWN, name.image), null, position, List.of(position, position));
    }

    static SqlNode bareCall(Token token) {
        return special(token, Nodes.position(token), List.of());
    }

    /** A function that is called in words of its own: told as a plain call. */
    static SqlNode special(Token word, SqlParserPos position, List<? extends SqlNode> operands) {
        SqlIdentifier name = new SqlIdentifier(text(word), Nodes.position(word));
        return Nodes.function(name, position, false, operands);
    }

    static SqlNode special(Token word, SqlParserPos position, SqlNode... operands) {
        return special(word, position, List.of(operands));
    }

    static SqlNode binary(Token operator, SqlParserPos position, SqlNode left, SqlNode right) {
        String name = text(operator);
        return Nodes.binary(name.equals("mod") ? "%" : name.toUpperCase(Locale.ROOT), position, left, right);
    }

    /** UNION, EXCEPT or INTERSECT. */
    static SqlOperator combination(Token word, boolean all) {
        return switch (text(word)) {
            case "union" -> all ? SqlStdOperatorTable.UNION_ALL : SqlStdOperatorTable.UNION;
            case "intersect" -> all ? SqlStdOperatorTable.INTERSECT_ALL : SqlStdOperatorTable.INTERSECT;
            default -> all ? SqlStdOperatorTable.EXCEPT_ALL : SqlStdOperatorTable.EXCEPT;
        };
    }

    /** {@code IS …}, of which the last word was read. */
    static SqlNode test(SqlParserPos position, SqlNode value, boolean not, MySqlToken word) {
        if (!word.is(Sort.WORD)) {
            throw new Unreadable("an unknown test", word.beginColumn);
        }
        SqlOperator operator =
                switch (word.source().text()) {
                    case "null" -> not ? SqlStdOperatorTable.IS_NOT_NULL : SqlStdOperatorTable.IS_NULL;
                    case "true" -> not ? SqlStdOperatorTable.IS_NOT_TRUE : SqlStdOperatorTable.IS_TRUE;
                    case "false" -> not ? SqlStdOperatorTable.IS_NOT_FALSE : SqlStdOperatorTable.IS_FALSE;
                    case "unknown" -> not ? SqlStdOperatorTable.IS_NOT_UNKNOWN : SqlStdOperatorTable.IS_UNKNOWN;
                    default -> throw new Unreadable("an unknown test", word.beginColumn);
                };
        return Nodes.call(operator, position, value);
    }

    static SqlNode match(
            SqlParserPos position, Token word, boolean not, SqlNode value, SqlNode pattern, @Nullable SqlNode escape) {
        SqlOperator operator;
        if (is(word, "like")) {
            operator = not ? SqlStdOperatorTable.NOT_LIKE : SqlStdOperatorTable.LIKE;
        } else {
            String name = is(word, "sounds") ? "SOUNDS LIKE" : "REGEXP";
            operator = new Form(not ? "NOT " + name : name);
        }
        return escape == null
                ? Nodes.call(operator, position, value, pattern)
                : Nodes.call(operator, position, value, pattern, escape);
    }

    static SqlNode cases(
            SqlParserPos position,
            @Nullable SqlNode value,
            List<SqlNode> when,
            List<SqlNode> then,
            @Nullable SqlNode otherwise) {
        SqlNode last = otherwise == null ? SqlLiteral.createNull(position) : otherwise;
        return new SqlCase(position, value, Nodes.list(when, position), Nodes.list(then, position), last);
    }

    /** A table with what narrows it down. */
    static SqlNode narrowed(SqlParserPos position, SqlNode table, List<SqlNode> names, List<SqlNode> times) {
        return names.isEmpty() && times.isEmpty()
                ? table
                : Form.NARROWED.node(position, table, Nodes.list(names, position), Nodes.list(times, position));
    }

    static SqlNode jsonTable(SqlParserPos position, Token word, SqlNode document, SqlNode path, List<SqlNode> columns) {
        SqlNode call = special(word, position, document, path);
        return Form.TABLE_OF.node(position, call, Nodes.list(columns, position));
    }

    /** A query whose rows go elsewhere, which was said at its end: after several, in the last of them. */
    static SqlNode into(SqlNode query, SqlNode into) {
        if (query instanceof SqlBasicCall call && call.getOperator() instanceof SqlSetOperator) {
            return Nodes.call(
                    call.getOperator(), call.getParserPosition(), call.operand(0), into(call.operand(1), into));
        }
        if (!(query instanceof Select select) || select.into() != null) {
            throw new Unreadable(
                    "INTO after more than one query", into.getParserPosition().getColumnNum());
        }
        return new Select(
                select.getParserPosition(),
                select.isDistinct() ? Nodes.distinct(select.getParserPosition()) : null,
                select.getSelectList(),
                select.getFrom(),
                select.getWhere(),
                select.getGroup(),
                select.getHaving(),
                select.getWindowList(),
                null,
                into);
    }

    /** The columns of INSERT's SET. */
    static SqlNodeList assigned(SqlNodeList assignments) {
        List<SqlNode> columns = new ArrayList<>();
        assignments.forEach(node -> columns.add(((SqlCall) node).operand(0)));
        return Nodes.list(columns, assignments.getParserPosition());
    }

    /** The row of INSERT's SET. */
    static SqlNode values(SqlNodeList assignments) {
        List<SqlNode> values = new ArrayList<>();
        assignments.forEach(node -> values.add(((SqlCall) node).operand(1)));
        SqlParserPos position = assignments.getParserPosition();
        return Nodes.call(SqlStdOperatorTable.VALUES, position, Nodes.call(SqlStdOperatorTable.ROW, position, values));
    }

    static SqlNode rowAlias(SqlIdentifier name, @Nullable SqlNodeList columns) {
        List<SqlNode> operands = new ArrayList<>(List.of(name, name));
        if (columns != null) {
            operands.addAll(columns);
        }
        return Nodes.call(SqlStdOperatorTable.AS, name.getParserPosition(), operands);
    }

    static SqlDataTypeSpec type(Token first, SqlParserPos position) {
        SqlIdentifier name = new SqlIdentifier(text(first), Nodes.position(first));
        return new SqlDataTypeSpec(new SqlUserDefinedTypeNameSpec(name, position), position);
    }
}
