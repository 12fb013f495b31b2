package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.lexer.CanonicalText;
import dev.gatehouse.analyzer.lexer.Cursor;
import dev.gatehouse.analyzer.lexer.PgLexer;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import dev.gatehouse.analyzer.lexer.Unreadable;
import java.util.Locale;
import java.util.Set;

/**
 * Copies value expressions. Every operator becomes a comparison or a plus, for what matters is only what it is applied to.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-expressions.html">Value Expressions</a>
 */
final class ExpressionPhrases {

    /** The name of a result column that is not told by the expression alone. */
    static final String UNNAMED = "?column?";

    private static final Set<String> COMPARISONS = Set.of("=", "<", ">", "<=", ">=", "<>");
    private static final Set<String> TRUTHS = Set.of("null", "true", "false", "unknown");
    private static final Set<String> DROPPED_TESTS = Set.of("document", "normalized");

    private final Translation translation;
    private final Cursor cursor;

    ExpressionPhrases(Translation translation) {
        this.translation = translation;
        this.cursor = translation.cursor;
    }

    private CanonicalText out() {
        return translation.out();
    }

    /** Copies an expression and tells the name PostgreSQL would give it as a result column, where that is certain. */
    String expression() {
        return expression(false);
    }

    /**
     * Copies an expression.
     *
     * @param stopAtIn whether an IN ends it, as in {@code position(a in b)}
     */
    String expression(boolean stopAtIn) {
        String figure = translation.operands.operand();
        int operators = 0;
        while (!(stopAtIn && cursor.atWord("in")) && infix()) {
            translation.effort(++operators);
        }
        return operators == 0 ? figure : UNNAMED;
    }

    void list() {
        expression();
        while (cursor.acceptMark(",")) {
            out().plain(",");
            expression();
        }
    }

    /** Copies an operator and the operand after it, or a test; false when the expression ends here. */
    private boolean infix() {
        Token token = cursor.peek();
        if (token.sort() == Sort.OPERATOR) {
            return operator(token);
        }
        if (token.sort() != Sort.WORD) {
            return false;
        }
        switch (token.text()) {
            case "and", "or" -> {
                cursor.next();
                out().plain(token.text().toUpperCase(Locale.ROOT));
                translation.operands.operand();
            }
            case "is" -> is();
            case "isnull", "notnull" -> {
                cursor.next();
                out().plain(token.text().equals("isnull") ? "IS NULL" : "IS NOT NULL");
            }
            case "not" -> {
                cursor.next();
                negatable(true);
            }
            case "in", "between", "like", "ilike", "similar" -> {
                if (token.text().equals("similar") && !cursor.peek(1).isWord("to")) {
                    return false;
                }
                negatable(false);
            }
            case "escape", "overlaps" -> {
                cursor.next();
                plus();
            }
            case "operator" -> {
                if (!cursor.peek(1).isMark("(")) {
                    return false;
                }
                qualifiedOperator();
            }
            case "at" -> {
                return atTimeZone();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean operator(Token token) {
        if (token.text().equals("=>")
                || token.text().equals(":=")
                || token.text().equals("::")) {
            return false;
        }
        cursor.next();
        String text = token.text().equals("!=") ? "<>" : token.text();
        out().plain(COMPARISONS.contains(text) ? text : "+");
        right();
        return true;
    }

    private void qualifiedOperator() {
        cursor.next();
        Cursor name = cursor.parentheses();
        String last = "";
        while (!name.atEnd()) {
            last = name.next().text();
        }
        out().plain(COMPARISONS.contains(last) ? last : "+");
        right();
    }

    private void plus() {
        out().plain("+");
        right();
    }

    /** The right side of an operator: an operand, or ANY and ALL of an array or a query. */
    private void right() {
        boolean quantified = (cursor.atWord("any") || cursor.atWord("some") || cursor.atWord("all"))
                && cursor.peek(1).isMark("(");
        if (quantified) {
            cursor.next();
            translation.operands.parenthesised();
        } else {
            translation.operands.operand();
        }
    }

    private void negatable(boolean negated) {
        Token token = cursor.next();
        switch (token.text()) {
            case "in" -> {
                out().plain(negated ? "NOT IN" : "IN");
                if (!cursor.atMark("(")) {
                    throw cursor.unexpected();
                }
                translation.operands.parenthesised();
            }
            case "between" -> {
                out().plain(negated ? "NOT BETWEEN" : "BETWEEN");
                if (cursor.accept("symmetric")) {
                    out().plain("SYMMETRIC");
                } else {
                    cursor.accept("asymmetric");
                }
                bound();
                cursor.expect("and");
                out().plain("AND");
                bound();
            }
            case "like", "ilike" -> plus();
            case "similar" -> {
                cursor.expect("to");
                plus();
            }
            default -> throw cursor.unexpected();
        }
    }

    /** A bound of BETWEEN: operands and operators, without AND. */
    private void bound() {
        translation.operands.operand();
        boolean more = true;
        while (more) {
            more = cursor.peek().sort() == Sort.OPERATOR && operator(cursor.peek());
        }
    }

    private void is() {
        cursor.next();
        boolean negated = cursor.accept("not");
        Token test = cursor.next();
        String is = negated ? "IS NOT " : "IS ";
        if (test.isWord("distinct")) {
            cursor.expect("from");
            out().plain(is + "DISTINCT FROM");
            right();
        } else if (test.sort() == Sort.WORD && TRUTHS.contains(test.text())) {
            out().plain(is + test.text().toUpperCase(Locale.ROOT));
        } else if (test.sort() == Sort.WORD && DROPPED_TESTS.contains(test.text())) {
            out().plain(is + "TRUE");
        } else {
            throw new Unreadable("unexpected " + PgLexer.describe(test) + " after IS", test.position());
        }
    }

    private boolean atTimeZone() {
        if (cursor.acceptWords("at", "time", "zone")) {
            plus();
            return true;
        }
        return cursor.acceptWords("at", "local");
    }
}
