package dev.gatehouse.analyzer.grammar;

import dev.gatehouse.analyzer.lexer.PgLexer;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.analyzer.tree.Form;
import java.util.Set;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * What the productions for PostgreSQL ask about the tokens ahead, wherever one token does not decide. No answer parses
 * anything on trial, so that reading takes time in proportion to the text.
 */
abstract class PgLookahead extends SqlAbstractParserImpl implements PgSqlParserConstants {

    private static final int MOST_DEPTH = 500;
    private static final int MOST_LINKS = 3_000;

    /** Words that begin what stands in parentheses as a query. */
    private static final Set<String> QUERY = Set.of("select", "table", "with");

    /** Words and marks after a query in parentheses that go on with a query. */
    private static final Set<String> GOES_ON =
            Set.of("union", "intersect", "except", "order", "limit", "offset", "fetch", "for");

    private int depth;

    /** The token so many places ahead, the next one being 1. JavaCC writes it. */
    public abstract Token getToken(int places);

    final PgToken ahead(int places) {
        Token token = getToken(1);
        return ((PgToken) token).ahead(places - 1);
    }

    final boolean at(int kind) {
        return ahead(1).is(kind);
    }

    final boolean at(int first, int second) {
        return ahead(1).is(first) && ahead(2).is(second);
    }

    final boolean atWord(String word) {
        return ahead(1).isWord(word);
    }

    final boolean atWords(String first, String second) {
        return ahead(1).isWord(first) && ahead(2).isWord(second);
    }

    final boolean atName() {
        return ahead(1).isName();
    }

    final boolean atLabel() {
        return ahead(1).isLabel();
    }

    /** Whether a query in parentheses comes next, and not a value, a row or a join in them. */
    final boolean atQuery() {
        return at(LPAREN) && isQuery(ahead(1));
    }

    /** Whether a query comes next that is all that stands in the parentheses opened before it. */
    final boolean atInnerQuery() {
        return isQuery(ahead(0));
    }

    private static boolean isQuery(PgToken open) {
        PgToken inside = open.ahead(1);
        if (!inside.is(LPAREN)) {
            return begins(inside);
        }
        PgToken innermost = inside;
        while (innermost.is(LPAREN)) {
            innermost = innermost.ahead(1);
        }
        if (!begins(innermost)) {
            return false;
        }
        PgToken after = inside.partner().ahead(1);
        return (after.is(RPAREN) || isWordOf(after, GOES_ON)) && isQuery(inside);
    }

    private static boolean begins(PgToken token) {
        return isWordOf(token, QUERY)
                || (token.isWord("values") && token.ahead(1).is(LPAREN));
    }

    private static boolean isWordOf(PgToken token, Set<String> words) {
        return token.source().sort() == dev.gatehouse.analyzer.lexer.Token.Sort.WORD && words.contains(token.image);
    }

    /** Whether a select list comes next that is not empty. */
    final boolean atItems() {
        return !ahead(1).endsItem();
    }

    /** Whether what comes next is a command that changes rows, or one after WITH. */
    final boolean atWrite() {
        return atWord("insert") || atWord("update") || atWord("delete") || atWord("merge");
    }

    /** Whether a function comes next in the place of a table. */
    final boolean atTableFunction() {
        return atCall()
                || atSpecialCall()
                || at(XMLTABLE, LPAREN)
                || at(JSON_TABLE, LPAREN)
                || atWords("rows", "from")
                || PgForms.isBareCall(ahead(1));
    }

    /** Whether the tokens ahead are a name and then an opening parenthesis: the call of a function. */
    final boolean atCall() {
        return afterPath().is(LPAREN) && isRoutine();
    }

    private boolean isRoutine() {
        return ahead(2).is(DOT) ? ahead(1).isName() : ahead(1).isRoutineName();
    }

    /** The token after a name and the names after its dots. */
    private PgToken afterPath() {
        PgToken token = ahead(1);
        if (!token.isLabel()) {
            return token;
        }
        token = token.ahead(1);
        while (token.is(DOT) && token.ahead(1).isLabel()) {
            token = token.ahead(2);
        }
        return token;
    }

    /** Whether a type and then a string come next: {@code date '2000-01-01'}. */
    final boolean atTypedLiteral() {
        PgToken first = ahead(1);
        if (!first.isLabel()) {
            return false;
        }
        PgToken after = PgTypes.afterKeyWordType(first);
        if (after != null) {
            return after.isString();
        }
        PgToken end = afterPath();
        if (end.is(LPAREN) && isRoutine()) {
            end = end.partner().ahead(1);
        }
        return end.isString() && isRoutine();
    }

    /** Whether it is one of the words that are called like functions but read in their own ways. */
    final boolean atSpecialCall() {
        return (ahead(2).is(LPAREN) && isWordOf(ahead(1), PgTypes.SPECIAL_CALLS)) || atWords("collation", "for");
    }

    /** Whether a field of an interval comes next. */
    final boolean atIntervalField() {
        return at(YEAR) || at(MONTH) || at(DAY) || at(HOUR) || at(MINUTE) || at(SECOND);
    }

    /** Whether a bound of a query's rows comes next, or a lock. */
    final boolean atBound() {
        return at(LIMIT) || at(OFFSET) || at(FETCH) || at(FOR);
    }

    /** Refuses a second bound of the same sort, whose word was just read. */
    final void once(boolean before) {
        if (before) {
            throw unexpected(ahead(0));
        }
    }

    /** Whether it says what is given in place of an error, or of nothing. */
    final boolean atBehavior() {
        return at(DEFAULT_)
                || atWord("error")
                || atWord("null")
                || atWord("true")
                || atWord("false")
                || atWord("unknown")
                || atWord("empty");
    }

    /** Whether {@code name =>} or {@code name :=} comes next. */
    final boolean atNamedArgument() {
        return ahead(2).is(NAMED_ARGUMENT_ASSIGNMENT) || ahead(2).is(COLON_EQUALS);
    }

    /** Whether ANY, SOME or ALL comes next, after an operator. */
    final boolean atQuantifier() {
        return (atWord("any") || atWord("some") || atWord("all")) && ahead(2).is(LPAREN);
    }

    /** How tightly the operator that comes next binds its operands; 0 where none comes. */
    final int power(boolean restricted) {
        return Power.of(ahead(1), restricted);
    }

    /** Whether an operator of the same power may not follow what was just read. */
    final boolean refuses(SqlNode value, int power) {
        return switch (power) {
            case Power.IS_POWER ->
                value.getKind() == SqlKind.IS_DISTINCT_FROM || value.getKind() == SqlKind.IS_NOT_DISTINCT_FROM;
            case Power.COMPARISON -> !Form.QUANTIFIED.is(value);
            case Power.MATCHING ->
                !Form.QUANTIFIED.is(value) && value.getKind() != SqlKind.IN && value.getKind() != SqlKind.NOT_IN;
            default -> false;
        };
    }

    /** Refuses what is no join where nothing else may stand, before the parenthesis that comes next. */
    final void join(SqlNode table) {
        if (!(table instanceof SqlJoin) && !Form.JOIN_ALIAS.is(table)) {
            throw unexpected();
        }
    }

    /** Notes that reading goes a level deeper. */
    final void enter() {
        if (++depth > MOST_DEPTH) {
            throw new Unreadable("a statement nested too deeply", ahead(1).beginColumn);
        }
    }

    final void leave() {
        depth--;
    }

    /** Ends a chain of operators that is too long for what comes after. */
    final void link(int links) {
        if (links > MOST_LINKS) {
            throw new Unreadable("a chain of operators that is too long", ahead(1).beginColumn);
        }
    }

    final Unreadable unexpected() {
        return unexpected(ahead(1));
    }

    private static Unreadable unexpected(PgToken token) {
        return new Unreadable("unexpected " + PgLexer.describe(token.source()), token.beginColumn);
    }

    /** From the token after this one up to what was read last. */
    final SqlParserPos since(Token first) {
        return new SqlParserPos(1, first.beginColumn, 1, getToken(0).beginColumn);
    }

    /** From where a node begins up to what was read last. */
    final SqlParserPos since(SqlNode first) {
        return new SqlParserPos(1, first.getParserPosition().getColumnNum(), 1, getToken(0).beginColumn);
    }

    /** Where the token that was read last stands. */
    final SqlParserPos here() {
        return since(getToken(0));
    }
}
