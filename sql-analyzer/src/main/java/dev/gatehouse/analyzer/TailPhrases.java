package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.lexer.CanonicalText;
import dev.gatehouse.analyzer.lexer.Cursor;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import java.util.List;
import java.util.Set;

/**
 * Skips what limits a query's rows or locks them.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-select.html#SQL-LIMIT">LIMIT Clause</a>
 */
final class TailPhrases {

    private static final Set<String> LITERAL_WORDS =
            Set.of("bigint", "int", "int4", "int8", "integer", "numeric", "smallint", "cast", "as");

    private final Translation translation;
    private final Cursor cursor;

    TailPhrases(Translation translation) {
        this.translation = translation;
        this.cursor = translation.cursor;
    }

    /**
     * Skips LIMIT, OFFSET, FETCH and the locking clauses; true when the rows are limited.
     *
     * @param computed gets every number of rows that is more than literals and signs; such a number may be null, and so
     *     limits nothing for certain
     */
    boolean tail(List<CanonicalText> computed) {
        boolean limited = false;
        while (true) {
            if (cursor.accept("limit")) {
                boolean none = cursor.atWord("all") || cursor.atWord("null");
                limited = amount(computed) && !none;
            } else if (cursor.accept("offset")) {
                amount(computed);
                if (!cursor.accept("row")) {
                    cursor.accept("rows");
                }
            } else if (cursor.accept("fetch")) {
                limited = fetch(computed);
            } else if (cursor.atWord("for")) {
                locking();
            } else {
                return limited;
            }
        }
    }

    /** Skips a number of rows, and tells whether it is made of literals and signs alone. */
    private boolean amount(List<CanonicalText> computed) {
        if (cursor.accept("all") || cursor.accept("null")) {
            return true;
        }
        int mark = cursor.mark();
        translation.discard(translation.expressions::expression);
        boolean plain = cursor.since(mark).remaining().stream().allMatch(TailPhrases::isPlain);
        if (!plain) {
            cursor.reset(mark);
            computed.add(translation.capture(translation.expressions::expression));
        }
        return plain;
    }

    private static boolean isPlain(Token token) {
        return token.sort() != Sort.QUOTED && (token.sort() != Sort.WORD || LITERAL_WORDS.contains(token.text()));
    }

    private boolean fetch(List<CanonicalText> computed) {
        boolean plain = true;
        if (!cursor.accept("first")) {
            cursor.expect("next");
        }
        if (!cursor.atWord("row") && !cursor.atWord("rows")) {
            plain = amount(computed);
        }
        if (!cursor.accept("row")) {
            cursor.expect("rows");
        }
        if (!cursor.accept("only")) {
            cursor.expect("with");
            cursor.expect("ties");
        }
        return plain;
    }

    private void locking() {
        cursor.expect("for");
        if (!cursor.accept("update") && !cursor.accept("share") && !cursor.acceptWords("no", "key", "update")) {
            cursor.expect("key");
            cursor.expect("share");
        }
        if (cursor.accept("of")) {
            do {
                translation.tables.chain();
            } while (cursor.acceptMark(","));
        }
        if (!cursor.accept("nowait")) {
            cursor.acceptWords("skip", "locked");
        }
    }
}
