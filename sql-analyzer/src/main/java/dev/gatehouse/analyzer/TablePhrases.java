package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.lexer.CanonicalText;
import dev.gatehouse.analyzer.lexer.Cursor;
import dev.gatehouse.analyzer.lexer.PgWords;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import dev.gatehouse.analyzer.lexer.Unreadable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Copies what stands after FROM.
 *
 * @see <a href="https://www.postgresql.org/docs/current/queries-table-expressions.html">Table Expressions</a>
 */
final class TablePhrases {

    private static final Set<String> JOINS = Set.of("join", "inner", "left", "right", "full", "cross", "natural");

    private final Translation translation;
    private final Cursor cursor;
    private int laterals;

    TablePhrases(Translation translation) {
        this.translation = translation;
        this.cursor = translation.cursor;
    }

    private CanonicalText out() {
        return translation.out();
    }

    /** Reads a name with the names that qualify it; nothing is copied. */
    List<Token> chain() {
        List<Token> chain = new ArrayList<>();
        boolean bareAny = cursor.atWord("any") || cursor.atWord("cast");
        chain.add(bareAny ? cursor.next() : cursor.name());
        while (cursor.atMark(".") && !cursor.peek(1).isOperator("*")) {
            cursor.next();
            chain.add(cursor.label());
        }
        if (chain.size() > 4) {
            throw new Unreadable("a name of more than four parts", chain.get(4).position());
        }
        return chain;
    }

    /** Copies a comma-separated list of tables and joins. */
    void list() {
        joined();
        while (cursor.acceptMark(",")) {
            out().plain(",");
            joined();
        }
    }

    /** Copies one table with the joins that follow it. */
    void joined() {
        primary();
        joins();
    }

    /** Copies the joins that follow a table, and tells whether there were any. */
    private boolean joins() {
        boolean any = false;
        while (atJoin()) {
            if (join()) {
                conditional();
            } else {
                primary();
            }
            any = true;
        }
        return any;
    }

    /** Copies the right side of a join and its condition; in {@code a JOIN b JOIN c ON … ON …} it is a join itself. */
    private void conditional() {
        boolean[] nested = new boolean[1];
        CanonicalText right = translation.capture(() -> {
            primary();
            nested[0] = joins();
        });
        if (nested[0]) {
            out().plain("(").append(right).plain(")");
        } else {
            out().append(right);
        }
        condition();
    }

    private boolean atJoin() {
        return cursor.atWord(JOINS);
    }

    /** Copies the words of a join, and tells whether a condition must follow. */
    private boolean join() {
        boolean conditional = true;
        if (cursor.accept("natural")) {
            out().plain("NATURAL");
            conditional = false;
        }
        if (cursor.accept("cross")) {
            out().plain("CROSS");
            conditional = false;
        } else if (cursor.atWord("left") || cursor.atWord("right") || cursor.atWord("full")) {
            out().plain(cursor.next().text().toUpperCase(Locale.ROOT));
            cursor.accept("outer");
        } else {
            cursor.accept("inner");
        }
        cursor.expect("join");
        out().plain("JOIN");
        return conditional;
    }

    private void condition() {
        if (cursor.accept("on")) {
            out().plain("ON");
            translation.expressions.expression();
            return;
        }
        cursor.expect("using");
        out().plain("USING");
        unclosedNames();
        if (cursor.accept("as")) {
            Token alias = cursor.name();
            out().plain(",").name(Marker.JOIN_ALIAS + alias.text(), alias.position());
        }
        out().plain(")");
    }

    private void primary() {
        boolean lateral = cursor.accept("lateral");
        laterals += lateral ? 1 : 0;
        if (cursor.atMark("(")) {
            group(lateral);
        } else if (cursor.atWords("rows", "from") && cursor.peek(2).isMark("(")) {
            laterals++;
            function(this::rowsFrom);
        } else if (atCall()) {
            laterals++;
            function(this::call);
        } else {
            relation();
            sample();
        }
    }

    private void group(boolean lateral) {
        int position = cursor.peek().position();
        cursor.expectMark("(");
        boolean query = translation.queries.begins();
        if (query && lateral) {
            out().plain("LATERAL");
        }
        int before = laterals;
        CanonicalText inside = translation.capture(query ? translation.queries::query : this::joined);
        cursor.expectMark(")");
        boolean aliased = !query && (cursor.atWord("as") || atAlias());
        if (aliased && laterals > before) {
            throw new Unreadable(
                    "an alias of a join that may see the tables before it",
                    cursor.peek().position());
        }
        out().plain(aliased ? "( SELECT * FROM" : "(").append(inside).plain(")");
        if (query || aliased) {
            alias("#query", position);
        }
    }

    /** Copies a table's name and alias. */
    void relation() {
        boolean parenthesised = false;
        if (cursor.accept("only")) {
            parenthesised = cursor.acceptMark("(");
        }
        List<Token> chain = chain();
        if (parenthesised) {
            cursor.expectMark(")");
        }
        cursor.acceptOperator("*");
        translation.operands.copy(chain);
        if (cursor.atWord("as") || atAlias()) {
            alias("", 0);
        }
    }

    private boolean atCall() {
        if (PgWords.CALLED_BARE.contains(cursor.peek().text()) && cursor.peek().sort() == Sort.WORD) {
            return true;
        }
        int mark = cursor.mark();
        if (!cursor.atName()) {
            return false;
        }
        chain();
        boolean call = cursor.atMark("(");
        cursor.reset(mark);
        return call;
    }

    /** Copies a function call as a table; it may see the tables before it. */
    private void function(Supplier<String> phrase) {
        int position = cursor.peek().position();
        String[] figure = new String[1];
        CanonicalText call = translation.capture(() -> figure[0] = phrase.get());
        out().plain("LATERAL").plain("TABLE").plain("(");
        if (cursor.acceptWords("with", "ordinality")) {
            out().name(Marker.ORDINALITY.text(), position)
                    .plain("(")
                    .append(call)
                    .plain(")");
        } else {
            out().append(call);
        }
        out().plain(")");
        if (cursor.atWord("as") && cursor.peek(1).isMark("(")) {
            cursor.next();
            out().plain("AS").name(figure[0], position);
            columnNames();
        } else {
            alias(figure[0], position);
        }
    }

    private String call() {
        if (cursor.peek().sort() == Sort.WORD
                && PgWords.CALLED_BARE.contains(cursor.peek().text())) {
            return translation.calls.bare();
        }
        List<Token> chain = chain();
        translation.calls.call(chain);
        return chain.get(chain.size() - 1).text();
    }

    /** Copies several functions side by side; column definitions after one of them are not read. */
    private String rowsFrom() {
        int position = cursor.peek().position();
        cursor.acceptWords("rows", "from");
        cursor.expectMark("(");
        out().name(Marker.ROWS.text(), position).plain("(");
        String figure = call();
        while (cursor.acceptMark(",")) {
            out().plain(",");
            call();
        }
        cursor.expectMark(")");
        out().plain(")");
        return figure;
    }

    private boolean atAlias() {
        return cursor.atName()
                && !(cursor.peek().sort() == Sort.WORD
                        && (PgWords.NO_ALIAS.contains(cursor.peek().text())
                                || cursor.peek().text().equals("set")));
    }

    private void alias(String fallback, int position) {
        boolean required = cursor.accept("as");
        if (!required && !atAlias()) {
            if (!fallback.isEmpty()) {
                out().plain("AS").name(fallback, position);
            }
            return;
        }
        out().plain("AS").name(cursor.name());
        if (cursor.atMark("(")) {
            columnNames();
        }
    }

    /** Copies names in parentheses; types after them are dropped. */
    void columnNames() {
        unclosedNames();
        out().plain(")");
    }

    private void unclosedNames() {
        cursor.expectMark("(");
        out().plain("(");
        while (true) {
            out().name(cursor.name());
            if (!cursor.atMark(",") && !cursor.atMark(")")) {
                TypePhrases.skip(cursor);
            }
            if (!cursor.acceptMark(",")) {
                break;
            }
            out().plain(",");
        }
        cursor.expectMark(")");
    }

    private void sample() {
        if (cursor.accept("tablesample")) {
            chain();
            if (!TypePhrases.modifiers(cursor) || (cursor.accept("repeatable") && !TypePhrases.modifiers(cursor))) {
                throw new Unreadable("a computed sample", cursor.peek().position());
            }
        }
    }
}
