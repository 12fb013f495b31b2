package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.lexer.CanonicalText;
import dev.gatehouse.analyzer.lexer.Cursor;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.firewall.statement.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Turns MERGE into a query over its target and source, with {@link Marker}s for what is written.
 *
 * <pre>
 *   MERGE INTO t USING s ON c
 *     WHEN MATCHED AND d THEN UPDATE SET x = e
 *     WHEN NOT MATCHED THEN INSERT (x) VALUES (f)
 *     RETURNING r                                  →  SELECT #write(0), #none(c), #none(d), #carry(0, 1, e),
 *                                                       #carry(1, 1, f), r FROM t, s
 * </pre>
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-merge.html">MERGE</a>
 */
final class MergePhrases {

    private final Translation translation;
    private final Cursor cursor;
    private final WritePhrases writing;
    private final Set<Kind> kinds = new LinkedHashSet<>(List.of(Kind.MERGE));
    private final List<Token> assigned = new ArrayList<>();
    private final List<CanonicalText> conditions = new ArrayList<>();
    private final List<CanonicalText> entries = new ArrayList<>();

    MergePhrases(Translation translation, WritePhrases writing) {
        this.translation = translation;
        this.cursor = translation.cursor;
        this.writing = writing;
    }

    private CanonicalText out() {
        return translation.out();
    }

    /** Copies the MERGE whose verb was just read. */
    void merge(Token verb) {
        cursor.expect("into");
        WritePhrases.Target target = writing.target();
        cursor.expect("using");
        CanonicalText from = translation.capture(() -> {
            out().plain("FROM").append(target.relation()).plain(",");
            translation.tables.joined();
        });
        cursor.expect("on");
        condition();
        do {
            cursor.expect("when");
            when();
        } while (cursor.atWord("when"));
        conditions.addAll(entries);
        writing.write(
                verb, List.copyOf(kinds), target, assigned, List.of(), conditions, from, new CanonicalText(), false);
    }

    private void condition() {
        conditions.add(translation.capture(() -> {
            out().name(Marker.NONE.text(), cursor.peek().position()).plain("(");
            translation.expressions.expression();
            out().plain(")");
        }));
    }

    private void when() {
        boolean matched = !cursor.accept("not");
        cursor.expect("matched");
        if (!matched && cursor.accept("by") && !cursor.accept("target")) {
            cursor.expect("source");
            matched = true;
        }
        if (cursor.accept("and")) {
            condition();
        }
        cursor.expect("then");
        if (cursor.acceptWords("do", "nothing")) {
            return;
        }
        if (!matched) {
            cursor.expect("insert");
            insert();
        } else if (cursor.accept("delete")) {
            kinds.add(Kind.DELETE);
        } else {
            cursor.expect("update");
            cursor.expect("set");
            kinds.add(Kind.UPDATE);
            entries.addAll(writing.assignments(assigned));
        }
    }

    private void insert() {
        kinds.add(Kind.INSERT);
        List<Token> columns = cursor.atMark("(") ? writing.targets(entries) : List.of();
        writing.overriding();
        if (cursor.acceptWords("default", "values")) {
            return;
        }
        cursor.expect("values");
        cursor.expectMark("(");
        int place = 0;
        do {
            int number = assigned.size();
            assigned.add(column(columns, place++));
            entries.add(translation.capture(() -> writing.carry(number, 1)));
        } while (cursor.acceptMark(","));
        cursor.expectMark(")");
    }

    /** The column a value is for: as it is named, or else the number it has in the target. */
    private Token column(List<Token> columns, int place) {
        int position = cursor.peek().position();
        if (columns.isEmpty()) {
            return new Token(Token.Sort.NUMBER, String.valueOf(place), position);
        }
        if (place >= columns.size()) {
            throw new Unreadable("more values than columns", position);
        }
        return columns.get(place);
    }
}
