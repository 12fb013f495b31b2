package dev.gatehouse.analyzer.grammar;

import dev.gatehouse.analyzer.lexer.PgLexer;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.firewall.statement.Modes;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * What the productions for MySQL ask about the tokens ahead. No answer parses anything on trial, so that reading takes
 * time in proportion to the text.
 */
abstract class MySqlLookahead extends SqlAbstractParserImpl implements MySqlParserConstants {

    private static final int MOST_DEPTH = 500;
    private static final int MOST_LINKS = 3_000;
    private static final int ALIAS_IN_DELETE = 110600;
    private static final int ALIAS_IN_DELETE_OF_MYSQL = 80016;
    private static final Set<String> QUERY = Set.of("select", "with");

    /** What goes on after a query in parentheses that is part of a larger one. */
    private static final Set<String> GOES_ON =
            Set.of("union", "intersect", "except", "minus", "order", "limit", "offset", "fetch", "for", "lock", "into");

    private static final Set<String> JOINS =
            Set.of("join", "inner", "cross", "left", "right", "natural", "straight_join");

    private int depth;
    private Modes.@Nullable MySql modes;

    void begin(Modes.MySql session) {
        modes = session;
    }

    final Modes.MySql modes() {
        return Objects.requireNonNull(modes);
    }

    /** The token so many places ahead, the next one being 1. JavaCC writes it. */
    public abstract Token getToken(int places);

    /** Takes the next token. JavaCC writes it. */
    public abstract Token getNextToken();

    final MySqlToken ahead(int places) {
        return ((MySqlToken) getToken(1)).ahead(places - 1);
    }

    final boolean at(int kind) {
        return ahead(1).is(kind);
    }

    final boolean at(Sort sort) {
        return ahead(1).is(sort);
    }

    final boolean atWord(String word) {
        return ahead(1).isWord(word);
    }

    final boolean atWord(Set<String> words) {
        return ahead(1).isWord(words);
    }

    final boolean atWords(String first, String second) {
        return ahead(1).isWord(first) && ahead(2).isWord(second);
    }

    final boolean atOperator(String operator) {
        return ahead(1).isOperator(operator);
    }

    final boolean atName() {
        return ahead(1).isName();
    }

    /** Skips a word if it comes next. */
    final boolean accept(String word) {
        boolean there = atWord(word);
        if (there) {
            getNextToken();
        }
        return there;
    }

    /** Skips any of these words, as often as they come. */
    final void skip(String... words) {
        Set<String> all = Set.of(words);
        while (atWord(all)) {
            getNextToken();
        }
    }

    /** Refuses what comes next unless it is right. */
    final void need(boolean right) {
        if (!right) {
            throw unexpected();
        }
    }

    /** Skips words that have to come next. */
    final void expect(String... words) {
        for (String word : words) {
            if (!accept(word)) {
                throw unexpected();
            }
        }
    }

    /** Skips an optimizer hint, unless it changes what the statement means. */
    final void hint() {
        if (at(Sort.HINT)) {
            if (ahead(1).image.matches("(?is).*(set_var|resource_group).*")) {
                throw new Unreadable("a hint that changes a setting", ahead(1).beginColumn);
            }
            getNextToken();
        }
    }

    /** Whether a query comes next, in parentheses or not. */
    final boolean atQuery() {
        return at(LPAREN) ? isQuery(ahead(1)) : begins(ahead(1));
    }

    /** Whether a query in parentheses comes next, and not a value, a row or a join in them. */
    final boolean atQueryInParentheses() {
        return at(LPAREN) && isQuery(ahead(1));
    }

    private static boolean isQuery(MySqlToken open) {
        MySqlToken inside = open.ahead(1);
        if (!inside.is(LPAREN)) {
            return begins(inside);
        }
        MySqlToken innermost = inside;
        while (innermost.is(LPAREN)) {
            innermost = innermost.ahead(1);
        }
        if (!begins(innermost)) {
            return false;
        }
        MySqlToken after = inside.partner().ahead(1);
        return (after.is(RPAREN) || after.isWord(GOES_ON)) && isQuery(inside);
    }

    private static boolean begins(MySqlToken token) {
        return token.isWord(QUERY)
                || (token.isWord("table") && token.ahead(1).isName())
                || (token.isWord("values") && token.ahead(1).isWord("row"))
                || (token.isWord("values") && token.ahead(1).is(LPAREN) && isRow(token.ahead(1)));
    }

    /** Whether these are the parentheses of a row, and not of the function VALUES with a column. */
    private static boolean isRow(MySqlToken open) {
        MySqlToken inside = open.ahead(1);
        while (inside.isName() || inside.is(DOT)) {
            inside = inside.ahead(1);
        }
        MySqlToken after = open.partner().ahead(1);
        boolean ends = after.is(RPAREN) || after.is(COMMA) || after.is(EOF) || after.isWord(GOES_ON);
        return ends && !inside.is(RPAREN);
    }

    final boolean atJoin() {
        return atWord(JOINS);
    }

    /** Whether the condition of a join comes next, and not INSERT's ON DUPLICATE KEY. */
    final boolean atCondition(MySqlJoins joins) {
        return (atWord("on") && joins.takesCondition() && !atWords("on", "duplicate"))
                || (atWord("using") && joins.takesColumns());
    }

    static boolean atIndexHint(MySqlToken token) {
        boolean index = token.ahead(1).isWord("index") || token.ahead(1).isWord("key");
        return index && (token.isWord("use") || token.isWord("force") || token.isWord("ignore"));
    }

    /** Whether a function's name and an opening parenthesis come next. */
    final boolean atCall() {
        MySqlToken name = ahead(1);
        if (name.is(Sort.WORD) && !(ahead(2).is(DOT) && name.isName())) {
            return ahead(2).is(LPAREN) && (!name.isReserved() || name.isWord(MySqlForms.RESERVED_FUNCTIONS));
        }
        return (name.is(Sort.QUOTED) || name.isName()) && afterPath().is(LPAREN);
    }

    /** Whether a call comes next that has a syntax of its own. */
    final boolean atSpecialCall() {
        return atWord(MySqlForms.SPECIAL) && ahead(2).is(LPAREN) && !atUsersFunction();
    }

    /** Whether the name of the function that is called next is one of the grammar's own, but stands for a user's. */
    final boolean atUsersFunction() {
        return !ahead(2).is(DOT) && !MySqlReader.isOwn(ahead(1).source(), ahead(2).source(), modes());
    }

    /** How the function is called whose name comes next. */
    final MySqlSignature signature() {
        boolean own = ahead(1).is(Sort.WORD) && ahead(2).is(LPAREN) && !atUsersFunction();
        return own ? MySqlSignature.of(ahead(1).source().text(), modes()) : MySqlSignature.ANY;
    }

    final boolean atAlias() {
        return atWord("as") || ahead(1).isAlias();
    }

    /** Whether a DELETE of one table may give it another name. */
    final boolean deletesByAlias() {
        return modes().version() >= (modes().isMariaDb() ? ALIAS_IN_DELETE : ALIAS_IN_DELETE_OF_MYSQL);
    }

    final boolean atArgumentName() {
        return atWord("as") || atName() || at(QUOTED_STRING);
    }

    private MySqlToken afterPath() {
        MySqlToken token = ahead(2);
        while (token.is(DOT) && token.ahead(1).isName()) {
            token = token.ahead(2);
        }
        return token;
    }

    /** Whether a name and the names it qualifies end with a star. */
    final boolean atQualifiedStar() {
        MySqlToken after = afterPath();
        return atName() && after.is(DOT) && after.ahead(1).is(STAR);
    }

    /** Whether INTERVAL begins an amount of time, and is not the function of that name. */
    final boolean atInterval() {
        return atWord("interval")
                && (!ahead(2).is(LPAREN) || ahead(2).partner().ahead(1).isWord(MySqlForms.UNITS));
    }

    final boolean atQuantifier() {
        return (atWord("any") || atWord("some") || atWord("all")) && ahead(2).is(LPAREN);
    }

    /** How tightly the operator that comes next binds its operands; 0 where none comes. */
    final int power() {
        return MySqlPower.of(ahead(1), modes());
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

    /** Refuses what stands only in a statement's own query. */
    final void refuseInside(Token word) {
        if (depth > 1) {
            throw new Unreadable("unexpected " + word.image, word.beginColumn);
        }
    }

    /** Ends a chain of operators that is too long for what comes after. */
    final void link(int links) {
        if (links > MOST_LINKS) {
            throw new Unreadable("a chain of operators that is too long", ahead(1).beginColumn);
        }
    }

    final Unreadable unexpected() {
        MySqlToken token = ahead(1);
        return new Unreadable("unexpected " + PgLexer.describe(token.source()), token.beginColumn);
    }

    /** From this token up to what was read last. */
    final SqlParserPos since(Token first) {
        return new SqlParserPos(1, first.beginColumn, 1, Math.max(first.beginColumn, getToken(0).beginColumn));
    }

    /** From where a node begins up to what was read last. */
    final SqlParserPos since(SqlNode first) {
        int column = first.getParserPosition().getColumnNum();
        return new SqlParserPos(1, column, 1, Math.max(column, getToken(0).beginColumn));
    }

    /** Where the token that was read last stands. */
    final SqlParserPos here() {
        return since(getToken(0));
    }
}
