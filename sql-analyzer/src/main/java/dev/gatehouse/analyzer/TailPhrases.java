package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.Token.Sort;
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

    /** Skips LIMIT, OFFSET, FETCH and the locking clauses; true when the rows are limited. */
    boolean tail() {
        boolean limited = false;
        while (true) {
            if (cursor.accept("limit")) {
                limited = !cursor.atWord("all") && !cursor.atWord("null");
                amount();
            } else if (cursor.accept("offset")) {
                amount();
                if (!cursor.accept("row")) {
                    cursor.accept("rows");
                }
            } else if (cursor.accept("fetch")) {
                fetch();
                limited = true;
            } else if (cursor.atWord("for")) {
                locking();
            } else {
                return limited;
            }
        }
    }

    /** Skips a number of rows; one that is more than literals and signs is not read. */
    private void amount() {
        if (cursor.accept("all") || cursor.accept("null")) {
            return;
        }
        int mark = cursor.mark();
        translation.discard(translation.expressions::expression);
        for (Token token : cursor.since(mark).remaining()) {
            if ((token.sort() == Sort.WORD && !LITERAL_WORDS.contains(token.text())) || token.sort() == Sort.QUOTED) {
                throw new Unreadable("a limit that is computed", token.position());
            }
        }
    }

    private void fetch() {
        if (!cursor.accept("first")) {
            cursor.expect("next");
        }
        if (!cursor.atWord("row") && !cursor.atWord("rows")) {
            amount();
        }
        if (!cursor.accept("row")) {
            cursor.expect("rows");
        }
        if (!cursor.accept("only")) {
            cursor.expect("with");
            cursor.expect("ties");
        }
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
