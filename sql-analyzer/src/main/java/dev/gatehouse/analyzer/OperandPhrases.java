package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.lexer.CanonicalText;
import dev.gatehouse.analyzer.lexer.Cursor;
import dev.gatehouse.analyzer.lexer.PgWords;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import dev.gatehouse.analyzer.lexer.Unreadable;
import java.util.List;
import java.util.Locale;

/**
 * Copies the operands of expressions: names, literals, calls, arrays, CASE, and whatever stands in parentheses.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-expressions.html">Value Expressions</a>
 */
final class OperandPhrases {

    private static final String UNNAMED = ExpressionPhrases.UNNAMED;

    private final Translation translation;
    private final Cursor cursor;

    OperandPhrases(Translation translation) {
        this.translation = translation;
        this.cursor = translation.cursor;
    }

    private CanonicalText out() {
        return translation.out();
    }

    /** Copies one operand with everything before and after it that binds tighter than any operator. */
    String operand() {
        int signs = 0;
        while (cursor.peek().sort() == Sort.OPERATOR || cursor.atWord("not")) {
            Token sign = cursor.next();
            if (sign.text().equals("=>")
                    || sign.text().equals(":=")
                    || sign.text().equals("::")) {
                throw new Unreadable("unexpected " + sign.text(), sign.position());
            }
            out().plain(sign.isWord("not") ? "NOT" : "-");
            translation.effort(++signs);
        }
        String figure = primary();
        return suffixes(figure);
    }

    private String suffixes(String figure) {
        String name = figure;
        boolean computed = false;
        while (true) {
            if (cursor.acceptOperator("::")) {
                boolean whole = TypePhrases.keeps(cursor);
                TypePhrases.skip(cursor);
                computed |= !whole;
            } else if (cursor.accept("collate")) {
                cursor.label();
                while (cursor.acceptMark(".")) {
                    cursor.label();
                }
            } else if (cursor.atMark("[")) {
                subscript();
            } else if (cursor.atMark(".")) {
                cursor.next();
                Token field = cursor.label();
                out().plain(".").name(field);
                name = field.text();
            } else {
                out().plain(computed ? "+0" : "");
                return name;
            }
        }
    }

    /** Copies an element or slice of an array; the cursor is at its bracket. */
    void subscript() {
        cursor.expectMark("[");
        out().plain("[").plain("0");
        while (!cursor.atMark("]")) {
            if (!cursor.acceptMark(":")) {
                out().plain("+");
                translation.expressions.expression();
            }
        }
        cursor.expectMark("]");
        out().plain("]");
    }

    private String primary() {
        Token token = cursor.peek();
        switch (token.sort()) {
            case STRING -> {
                cursor.next();
                out().plain("'s'", token.position());
            }
            case NUMBER -> {
                cursor.next();
                out().plain(ordinal(token), token.position());
            }
            case PARAMETER -> {
                cursor.next();
                out().plain("?", token.position());
            }
            case QUOTED -> {
                return named();
            }
            case WORD -> {
                return word(token);
            }
            default -> {
                if (!token.isMark("(")) {
                    throw cursor.unexpected();
                }
                parenthesised();
            }
        }
        return UNNAMED;
    }

    /** A number as it is where it may be an ordinal, otherwise any. */
    private static String ordinal(Token number) {
        boolean small = number.text().length() <= 6 && number.text().chars().allMatch(c -> c >= '0' && c <= '9');
        return small ? number.text() : "0";
    }

    /** Copies a query in parentheses, or a list of expressions. */
    void parenthesised() {
        cursor.expectMark("(");
        int inside = 0;
        while (cursor.peek(inside).isMark("(")) {
            inside++;
        }
        // The parser lets a name in parentheses begin at the parenthesis.
        out().plain("(", cursor.peek(inside).position());
        if (translation.queries.begins()) {
            translation.queries.query();
        } else {
            translation.expressions.list();
        }
        cursor.expectMark(")");
        out().plain(")");
    }

    private String word(Token token) {
        switch (token.text()) {
            case "null", "true", "false" -> {
                cursor.next();
                out().plain(token.text().toUpperCase(Locale.ROOT), token.position());
                return UNNAMED;
            }
            case "default" -> {
                cursor.next();
                out().plain("NULL", token.position());
                return UNNAMED;
            }
            case "case" -> {
                cases();
                return UNNAMED;
            }
            case "array" -> {
                cursor.next();
                array();
                return UNNAMED;
            }
            case "exists" -> {
                if (cursor.peek(1).isMark("(")) {
                    cursor.next();
                    out().plain("EXISTS", token.position());
                    parenthesised();
                    return UNNAMED;
                }
            }
            default -> {}
        }
        if (PgWords.CALLED_BARE.contains(token.text())) {
            return translation.calls.bare();
        }
        if (token.text().equals("any") || token.text().equals("cast") || cursor.atName()) {
            return named();
        }
        throw cursor.unexpected();
    }

    /** A column, a whole row, a call, or a literal with its type before it. */
    private String named() {
        if (typedLiteral()) {
            return UNNAMED;
        }
        List<Token> chain = translation.tables.chain();
        Token last = chain.get(chain.size() - 1);
        if (cursor.atMark("(")) {
            return translation.calls.call(chain);
        }
        if (cursor.atMark(".") && cursor.peek(1).isOperator("*")) {
            cursor.next();
            cursor.next();
            out().name(Marker.ROW.text(), last.position()).plain("(");
            copy(chain);
            out().plain(")");
            return UNNAMED;
        }
        copy(chain);
        return last.text();
    }

    /** Copies a name with the names that qualify it. */
    void copy(List<Token> chain) {
        translation.named(chain.get(0).position());
        for (int i = 0; i < chain.size(); i++) {
            if (i > 0) {
                out().plain(".");
            }
            out().name(chain.get(i));
        }
    }

    private boolean typedLiteral() {
        int mark = cursor.mark();
        Token first = cursor.peek();
        if (TypePhrases.trySkip(cursor) && cursor.peek().sort() == Sort.STRING) {
            out().plain("'s'", cursor.next().position());
            if (first.isWord("interval")) {
                TypePhrases.intervalFields(cursor);
                if (!TypePhrases.modifiers(cursor)) {
                    throw cursor.unexpected();
                }
            }
            return true;
        }
        cursor.reset(mark);
        return false;
    }

    private void cases() {
        out().plain("CASE", cursor.next().position());
        if (!cursor.atWord("when")) {
            translation.expressions.expression();
        }
        while (cursor.accept("when")) {
            out().plain("WHEN");
            translation.expressions.expression();
            cursor.expect("then");
            out().plain("THEN");
            translation.expressions.expression();
        }
        if (cursor.accept("else")) {
            out().plain("ELSE");
            translation.expressions.expression();
        }
        cursor.expect("end");
        out().plain("END");
    }

    /** The rest of an array: a query, or elements that may be arrays again. */
    private void array() {
        if (cursor.atMark("(")) {
            parenthesised();
            return;
        }
        int position = cursor.peek().position();
        cursor.expectMark("[");
        out().name(Marker.VALUE.text(), position).plain("(");
        while (!cursor.atMark("]")) {
            if (cursor.atMark("[")) {
                array();
            } else {
                translation.expressions.expression();
            }
            if (!cursor.acceptMark(",")) {
                break;
            }
            out().plain(",");
        }
        cursor.expectMark("]");
        out().plain(")");
    }
}
