package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.lexer.CanonicalText;
import dev.gatehouse.analyzer.lexer.Cursor;
import dev.gatehouse.analyzer.lexer.PgWords;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Copies queries: WITH, SELECT, VALUES, TABLE, their combinations, and what may follow them.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-select.html">SELECT</a>
 */
final class QueryPhrases {

    private static final Set<String> COMBINATIONS = Set.of("union", "intersect", "except");
    private static final Set<String> TAILS =
            Set.of("union", "intersect", "except", "order", "limit", "offset", "fetch", "for");

    private static final Set<String> FILTERS = Set.of("where", "group", "having");

    private final Translation translation;
    private final Cursor cursor;

    QueryPhrases(Translation translation) {
        this.translation = translation;
        this.cursor = translation.cursor;
    }

    private CanonicalText out() {
        return translation.out();
    }

    /** Copies a whole command and tells whether a limit holds for its rows. */
    private boolean statement() {
        with();
        return unprefixedStatement();
    }

    /** Copies a command after its WITH. */
    boolean unprefixedStatement() {
        if (cursor.atWord(PgWords.WRITE)) {
            translation.writing.write();
            return true;
        }
        return unprefixed();
    }

    /** Whether a query begins here, in parentheses of its own or not. */
    boolean begins() {
        if (!cursor.atMark("(")) {
            return cursor.atWord(PgWords.QUERY);
        }
        int depth = 0;
        while (cursor.peek(depth).isMark("(")) {
            depth++;
        }
        Token inner = cursor.peek(depth);
        if (inner.sort() != Sort.WORD || !PgWords.QUERY.contains(inner.text())) {
            return false;
        }
        for (int i = depth - 1; i >= 0; i--) {
            Token after = cursor.afterPartner(i);
            if (after.sort() == Sort.WORD && TAILS.contains(after.text())) {
                return true;
            }
            if (!after.isMark(")")) {
                return false;
            }
        }
        return true;
    }

    /** Copies a query and tells whether it has a limit. */
    boolean query() {
        with();
        return unprefixed();
    }

    private boolean unprefixed() {
        combination();
        boolean ordered = cursor.atWords("order", "by");
        if (ordered) {
            out().plain("ORDER BY");
            sortKeys();
        }
        List<CanonicalText> computed = new ArrayList<>();
        int position = cursor.peek().position();
        boolean limited = translation.tails.tail(computed);
        for (CanonicalText amount : computed) {
            out().plain(ordered ? "," : "ORDER BY");
            out().name(Marker.PREDICATE.text(), position)
                    .plain("(")
                    .append(amount)
                    .plain(")");
            ordered = true;
        }
        return limited;
    }

    /** Copies a WITH, if there is one. */
    void with() {
        if (!cursor.accept("with")) {
            return;
        }
        out().plain(cursor.accept("recursive") ? "WITH RECURSIVE" : "WITH");
        do {
            out().name(cursor.name());
            if (cursor.atMark("(")) {
                translation.tables.columnNames();
            }
            cursor.expect("as");
            cursor.accept("not");
            cursor.accept("materialized");
            out().plain("AS").plain("(");
            cursor.expectMark("(");
            statement();
            cursor.expectMark(")");
            out().plain(")");
            if (cursor.acceptMark(",")) {
                out().plain(",");
            } else {
                return;
            }
        } while (true);
    }

    private void combination() {
        term();
        for (int place = 1; cursor.atWord(COMBINATIONS); place++) {
            translation.effort(place);
            out().plain(
                            cursor.peek().text().toUpperCase(Locale.ROOT),
                            cursor.next().position());
            if (cursor.accept("all")) {
                out().plain("ALL");
            } else {
                cursor.accept("distinct");
            }
            term();
        }
    }

    private void term() {
        if (cursor.atMark("(")) {
            cursor.expectMark("(");
            out().plain("(");
            query();
            cursor.expectMark(")");
            out().plain(")");
        } else if (cursor.atWord("select")) {
            select();
        } else if (cursor.atWord("values")) {
            values();
        } else if (cursor.accept("table")) {
            out().plain("SELECT").plain("*").plain("FROM");
            translation.tables.relation();
        } else {
            throw cursor.unexpected();
        }
    }

    private void values() {
        out().plain("VALUES", cursor.next().position());
        do {
            cursor.expectMark("(");
            out().plain("(");
            translation.expressions.list();
            cursor.expectMark(")");
            out().plain(")");
            if (cursor.acceptMark(",")) {
                out().plain(",");
            } else {
                return;
            }
        } while (true);
    }

    private void select() {
        int position = cursor.next().position();
        boolean distinct = false;
        List<CanonicalText> entries = new ArrayList<>();
        if (cursor.accept("distinct")) {
            if (cursor.accept("on")) {
                entries.add(translation.capture(() -> {
                    out().name(Marker.PREDICATE.text(), position);
                    cursor.expectMark("(");
                    out().plain("(");
                    translation.expressions.list();
                    cursor.expectMark(")");
                    out().plain(")");
                }));
            } else {
                distinct = true;
            }
        } else {
            cursor.accept("all");
        }
        CanonicalText items = translation.capture(this::items);
        if (!items.isEmpty()) {
            entries.add(items);
        }
        into();
        CanonicalText rest = translation.capture(this::clauses);
        if (cursor.accept("window")) {
            do {
                cursor.name();
                cursor.expect("as");
                entries.add(translation.capture(translation.calls::windowEntry));
            } while (cursor.acceptMark(","));
        }
        out().plain("SELECT", position);
        if (distinct) {
            out().plain("DISTINCT");
        }
        join(entries, position);
        out().append(rest);
    }

    /** Copies the entries of a select list; where there is none, one that gives no column. */
    void join(List<CanonicalText> entries, int position) {
        if (entries.isEmpty()) {
            out().name(Marker.NONE.text(), position).plain("(").plain(")");
        }
        for (int i = 0; i < entries.size(); i++) {
            if (i > 0) {
                out().plain(",");
            }
            out().append(entries.get(i));
        }
    }

    /** Copies the list of a SELECT or of RETURNING; it may be empty. */
    void items() {
        if (cursor.atWord("from") || cursor.atWord("into") || cursor.atEnd() || cursor.atMark(")")) {
            return;
        }
        item();
        while (cursor.acceptMark(",")) {
            out().plain(",");
            item();
        }
    }

    private void item() {
        if (cursor.peek().isOperator("*")) {
            out().plain("*", cursor.next().position());
            return;
        }
        if (cursor.atName() && qualifiedStar()) {
            return;
        }
        int position = cursor.peek().position();
        String figure = translation.expressions.expression();
        if (cursor.accept("as")) {
            figure = cursor.label().text();
        } else if (cursor.peek().sort() == Sort.QUOTED
                || (cursor.peek().sort() == Sort.WORD
                        && !PgWords.NO_BARE_LABEL.contains(cursor.peek().text()))) {
            figure = cursor.next().text();
        }
        out().plain("AS").name(figure, position);
    }

    private boolean qualifiedStar() {
        int mark = cursor.mark();
        List<Token> chain = translation.tables.chain();
        if (cursor.atMark(".") && cursor.peek(1).isOperator("*") && endsItem(cursor.peek(2))) {
            cursor.next();
            cursor.next();
            translation.operands.copy(chain);
            out().plain(".").plain("*");
            return true;
        }
        cursor.reset(mark);
        return false;
    }

    private static boolean endsItem(Token token) {
        return token.sort() == Sort.END
                || token.isMark(",")
                || token.isMark(")")
                || (token.sort() == Sort.WORD && PgWords.NO_BARE_LABEL.contains(token.text()));
    }

    private void into() {
        if (cursor.accept("into")) {
            while (cursor.atWord(Set.of("temporary", "temp", "unlogged", "local", "global", "table"))) {
                cursor.next();
            }
            translation.into(translation.tables.chain());
        }
    }

    private void clauses() {
        if (cursor.accept("from")) {
            out().plain("FROM");
            translation.tables.list();
        } else if (cursor.atWord(FILTERS)) {
            out().plain("FROM ( VALUES ( 0 ) ) AS \"#nothing\" ( \"#nothing\" )");
        }
        if (cursor.accept("where")) {
            out().plain("WHERE");
            translation.expressions.expression();
        }
        if (cursor.acceptWords("group", "by")) {
            groupBy();
        }
        if (cursor.accept("having")) {
            out().plain("HAVING");
            translation.expressions.expression();
        }
    }

    private void groupBy() {
        if (!cursor.accept("all")) {
            cursor.accept("distinct");
        }
        out().plain("GROUP BY");
        groupings();
    }

    private void groupings() {
        grouping();
        while (cursor.acceptMark(",")) {
            out().plain(",");
            grouping();
        }
    }

    private void grouping() {
        boolean sets = cursor.acceptWords("grouping", "sets");
        boolean cube = !sets
                && cursor.atWord(Set.of("rollup", "cube"))
                && cursor.peek(1).isMark("(");
        boolean empty = cursor.atMark("(") && cursor.peek(1).isMark(")");
        if (!sets && !cube && !empty) {
            translation.expressions.expression();
            return;
        }
        if (cube) {
            cursor.next();
        }
        out().name(Marker.VALUE.text(), cursor.peek().position()).plain("(");
        cursor.expectMark("(");
        if (!empty) {
            groupings();
        }
        cursor.expectMark(")");
        out().plain(")");
    }

    /** Copies what follows ORDER BY, without the directions. */
    void sortKeys() {
        cursor.expect("order");
        cursor.expect("by");
        do {
            translation.expressions.expression();
            direction();
            if (cursor.acceptMark(",")) {
                out().plain(",");
            } else {
                return;
            }
        } while (true);
    }

    private void direction() {
        if (!cursor.accept("asc") && !cursor.accept("desc") && cursor.accept("using")) {
            if (cursor.acceptWords("operator")) {
                cursor.skipParentheses();
            } else if (cursor.next().sort() != Sort.OPERATOR) {
                throw cursor.unexpected();
            }
        }
        if (cursor.accept("nulls") && !cursor.accept("first")) {
            cursor.expect("last");
        }
    }
}
