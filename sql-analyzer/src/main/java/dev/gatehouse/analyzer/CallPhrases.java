package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.lexer.CanonicalText;
import dev.gatehouse.analyzer.lexer.Cursor;
import dev.gatehouse.analyzer.lexer.PgWords;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import dev.gatehouse.analyzer.lexer.Unreadable;
import java.util.List;
import java.util.Set;

/**
 * Copies function calls: whatever stands between or after the parentheses becomes an argument.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-expressions.html#SQL-EXPRESSIONS-FUNCTION-CALLS">Function
 *     Calls</a>
 */
final class CallPhrases {

    private static final Set<String> CONSTRUCTS =
            Set.of("coalesce", "greatest", "least", "nullif", "grouping", "row", "xmlconcat");
    private static final Set<String> WORDED = Set.of("extract", "overlay", "position", "substring", "trim");
    private static final Set<String> SEPARATORS = Set.of("from", "for", "placing", "in", "similar", "escape");
    private static final Set<String> FRAMES = Set.of("rows", "range", "groups");

    private final Translation translation;
    private final Cursor cursor;
    private boolean first;

    CallPhrases(Translation translation) {
        this.translation = translation;
        this.cursor = translation.cursor;
    }

    private CanonicalText out() {
        return translation.out();
    }

    /** Copies a call without parentheses, such as {@code current_date}. */
    String bare() {
        Token name = cursor.next();
        if (!TypePhrases.modifiers(cursor)) {
            throw cursor.unexpected();
        }
        translation.named(name.position());
        out().name(name).plain("(").plain(")");
        return name.text();
    }

    /**
     * Copies a call; the cursor is at its parenthesis.
     *
     * @param name the function's name, with its schema if it was written
     */
    String call(List<Token> name) {
        Token last = name.get(name.size() - 1);
        boolean keyword = name.size() == 1 && last.sort() == Sort.WORD;
        if (keyword && last.text().equals("merge_action")) {
            out().name(Marker.VALUE.text(), last.position()).plain("(").plain(")");
            cursor.expectMark("(");
            cursor.expectMark(")");
            return last.text();
        }
        if (keyword && PgWords.UNREAD_CALLS.contains(last.text())) {
            return unread(name, last);
        }
        if (keyword && last.text().equals("cast")) {
            cast(last);
            return ExpressionPhrases.UNNAMED;
        }
        if (keyword && CONSTRUCTS.contains(last.text())) {
            boolean choice = last.text().equals("coalesce");
            out().name((choice ? Marker.CHOICE : Marker.VALUE).text(), last.position());
        } else if (keyword && last.text().equals("trim")) {
            translation.named(last.position());
            out().name("btrim", last.position());
        } else {
            translation.operands.copy(name);
        }
        arguments(keyword && WORDED.contains(last.text()) ? last.text() : "");
        return keyword && WORDED.contains(last.text()) ? ExpressionPhrases.UNNAMED : last.text();
    }

    /** A call whose grammar is its own; as a plain list of arguments it is read like any other. */
    private String unread(List<Token> name, Token last) {
        if (!last.text().startsWith("json")) {
            throw new Unreadable(last.text(), last.position());
        }
        translation.operands.copy(name);
        arguments("");
        return last.text();
    }

    private void cast(Token name) {
        out().name(Marker.CHOICE.text(), name.position()).plain("(");
        cursor.expectMark("(");
        translation.expressions.expression();
        cursor.expect("as");
        boolean whole = TypePhrases.keeps(cursor);
        TypePhrases.skip(cursor);
        cursor.expectMark(")");
        out().plain(whole ? ")" : ")+0");
    }

    private void arguments(String worded) {
        boolean outer = first;
        first = true;
        cursor.expectMark("(");
        out().plain("(");
        if (cursor.peek().isOperator("*")) {
            marker(Marker.STAR, cursor.next().position());
        }
        if (cursor.atWord("distinct")) {
            marker(Marker.DISTINCT, cursor.next().position());
        } else if (cursor.atWord("all")) {
            cursor.next();
        }
        if (worded.isEmpty()) {
            plainList();
        } else {
            wordedList(worded);
        }
        orderBy(Marker.PREDICATE);
        cursor.expectMark(")");
        afterwards();
        out().plain(")");
        first = outer;
    }

    private void plainList() {
        if (cursor.atMark(")")) {
            return;
        }
        if (cursor.atWord("order")) {
            return;
        }
        do {
            cursor.accept("variadic");
            Token after = cursor.peek(1);
            if (after.isOperator("=>") || after.isOperator(":=")) {
                cursor.label();
                cursor.next();
            }
            argument(false);
        } while (cursor.acceptMark(","));
    }

    private void wordedList(String function) {
        if (cursor.atWord("both") || cursor.atWord("leading") || cursor.atWord("trailing")) {
            cursor.next();
        }
        if (function.equals("extract")
                && isField(cursor.peek())
                && cursor.peek(1).isWord("from")) {
            cursor.next();
        }
        if (!function.equals("substring")) {
            cursor.accept("from");
        }
        while (!cursor.atMark(")")) {
            argument(true);
            if (!cursor.acceptMark(",") && cursor.atWord(SEPARATORS)) {
                cursor.next();
            }
        }
    }

    /** Whether this word names a part of a time, as in {@code extract(year from …)}. */
    private static boolean isField(Token token) {
        return token.sort() == Sort.WORD && PgTimeFields.NAMES.contains(token.text());
    }

    private void argument(boolean stopAtIn) {
        separate();
        translation.expressions.expression(stopAtIn);
    }

    private void separate() {
        if (!first) {
            out().plain(",");
        }
        first = false;
    }

    private void marker(Marker marker, int position) {
        separate();
        out().name(marker.text(), position).plain("(").plain(")");
    }

    /** Copies ORDER BY inside or after the arguments. */
    private void orderBy(Marker marker) {
        if (cursor.atWords("order", "by")) {
            separate();
            out().name(marker.text(), cursor.peek().position()).plain("(");
            translation.queries.sortKeys();
            out().plain(")");
        }
    }

    private void afterwards() {
        if (cursor.acceptWords("within", "group")) {
            cursor.expectMark("(");
            orderBy(Marker.VALUE);
            cursor.expectMark(")");
        }
        if (cursor.atWord("filter") && cursor.peek(1).isMark("(")) {
            separate();
            out().name(Marker.PREDICATE.text(), cursor.next().position()).plain("(");
            cursor.expectMark("(");
            cursor.expect("where");
            translation.expressions.expression();
            cursor.expectMark(")");
            out().plain(")");
        }
        if (cursor.atWord("respect") || cursor.atWord("ignore")) {
            throw cursor.unexpected();
        }
        if (cursor.accept("over")) {
            if (cursor.atMark("(")) {
                cursor.expectMark("(");
                window();
                cursor.expectMark(")");
            } else {
                cursor.name();
            }
        }
    }

    /** Copies what partitions and orders a window as one marker. */
    private void window() {
        if (cursor.atName() && !cursor.atWords("partition", "by") && !cursor.atWord(FRAMES)) {
            cursor.next();
        }
        if (cursor.acceptWords("partition", "by")) {
            separate();
            out().name(Marker.PREDICATE.text(), cursor.peek().position()).plain("(");
            translation.expressions.list();
            out().plain(")");
        }
        orderBy(Marker.PREDICATE);
        frame();
    }

    /** Skips a frame clause; offsets that are more than literals are not read. */
    private void frame() {
        if (!cursor.atWord(FRAMES)) {
            return;
        }
        while (!cursor.atMark(")")) {
            Token token = cursor.next();
            boolean plain = token.sort() == Sort.WORD
                    || token.sort() == Sort.NUMBER
                    || token.sort() == Sort.STRING
                    || token.sort() == Sort.PARAMETER
                    || token.isOperator("::");
            if (!plain) {
                throw new Unreadable("an expression in a window's frame", token.position());
            }
        }
    }

    /** Copies the definition of a window, in parentheses, as an entry of a select list that gives no column. */
    void windowEntry() {
        first = true;
        out().name(Marker.NONE.text(), cursor.peek().position()).plain("(");
        cursor.expectMark("(");
        window();
        cursor.expectMark(")");
        out().plain(")");
    }
}
