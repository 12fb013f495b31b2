package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.lexer.CanonicalText;
import dev.gatehouse.analyzer.lexer.Cursor;
import dev.gatehouse.analyzer.lexer.PgLexer;
import dev.gatehouse.analyzer.lexer.PgWords;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.firewall.statement.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the commands that write into queries over their target, with {@link Marker}s for what is written.
 *
 * <pre>
 *   UPDATE t SET x = e FROM f WHERE w RETURNING r   →  SELECT #write(0), #carry(0, e), r FROM t, f WHERE w
 *   DELETE FROM t USING f WHERE w RETURNING r       →  SELECT #write(0), r FROM t, f WHERE w
 *   INSERT INTO t (x) q ON CONFLICT DO UPDATE
 *     SET x = e WHERE w RETURNING r                 →  SELECT #write(0), #source((q)), #carry(0, e), r
 *                                                      FROM t, #excluded AS excluded WHERE w
 * </pre>
 *
 * @see <a href="https://www.postgresql.org/docs/current/dml.html">Data Manipulation</a>
 */
final class WritePhrases {

    private final Translation translation;
    private final Cursor cursor;

    WritePhrases(Translation translation) {
        this.translation = translation;
        this.cursor = translation.cursor;
    }

    private CanonicalText out() {
        return translation.out();
    }

    /** Copies the INSERT, UPDATE, DELETE or MERGE that comes next. */
    void write() {
        Token verb = cursor.next();
        switch (verb.text()) {
            case "insert" -> insert(verb);
            case "update" -> update(verb);
            case "delete" -> delete(verb);
            case "merge" -> new MergePhrases(translation, this).merge(verb);
            default -> throw new Unreadable(PgLexer.describe(verb), verb.position());
        }
    }

    private void update(Token verb) {
        Target target = target();
        cursor.expect("set");
        List<Token> assigned = new ArrayList<>();
        List<CanonicalText> entries = new ArrayList<>(assignments(assigned));
        CanonicalText from = translation.capture(() -> from("from", target));
        CanonicalText where = translation.capture(this::where);
        write(verb, List.of(Kind.UPDATE), target, assigned, List.of(), entries, from, where, true);
    }

    private void delete(Token verb) {
        cursor.expect("from");
        Target target = target();
        CanonicalText from = translation.capture(() -> from("using", target));
        CanonicalText where = translation.capture(this::where);
        write(verb, List.of(Kind.DELETE), target, List.of(), List.of(), new ArrayList<>(), from, where, true);
    }

    private void insert(Token verb) {
        cursor.expect("into");
        List<Token> name = translation.tables.chain();
        CanonicalText relation = translation.capture(() -> {
            translation.operands.copy(name);
            if (cursor.accept("as")) {
                out().plain("AS").name(cursor.name());
            }
        });
        Target target = new Target(name, relation);
        List<CanonicalText> entries = new ArrayList<>();
        List<Token> inserted = cursor.atMark("(") && !startsQuery(cursor.peek(1)) ? targets(entries) : List.of();
        overriding();
        List<Kind> kinds = new ArrayList<>(List.of(Kind.INSERT));
        if (!cursor.acceptWords("default", "values")) {
            if (!cursor.atWord("values")) {
                kinds.add(Kind.SELECT);
            }
            entries.add(translation.capture(this::source));
        }
        List<Token> assigned = new ArrayList<>();
        CanonicalText where = new CanonicalText();
        boolean updates = false;
        if (cursor.acceptWords("on", "conflict")) {
            conflictTarget();
            cursor.expect("do");
            if (!cursor.accept("nothing")) {
                cursor.expect("update");
                cursor.expect("set");
                updates = true;
                kinds.add(Kind.UPDATE);
                entries.addAll(assignments(assigned));
                where = translation.capture(this::where);
            }
        }
        boolean proposes = updates;
        CanonicalText from = translation.capture(() -> {
            out().plain("FROM").append(target.relation);
            if (proposes) {
                out().plain(",").name(Marker.EXCLUDED, 0).plain("AS").name("excluded", 0);
            }
        });
        write(verb, kinds, target, assigned, inserted, entries, from, where, false);
    }

    /** Skips what says whose values identity columns get. */
    void overriding() {
        if (cursor.accept("overriding")) {
            if (!cursor.accept("user")) {
                cursor.expect("system");
            }
            cursor.expect("value");
        }
    }

    private static boolean startsQuery(Token token) {
        return token.isMark("(") || (token.sort() == Token.Sort.WORD && PgWords.QUERY.contains(token.text()));
    }

    /** Copies a whole command as a query over its target. */
    void write(
            Token verb,
            List<Kind> kinds,
            Target target,
            List<Token> assigned,
            List<Token> inserted,
            List<CanonicalText> entries,
            CanonicalText from,
            CanonicalText where,
            boolean restricted) {
        int number = translation.add(new Write(kinds, verb.position(), target.name, assigned, inserted, restricted));
        entries.add(0, translation.capture(() -> out().name(Marker.WRITE.text(), verb.position())
                .plain("(")
                .plain(String.valueOf(number))
                .plain(")")));
        if (cursor.accept("returning")) {
            entries.add(translation.capture(translation.queries::items));
        }
        out().plain("SELECT", verb.position());
        translation.queries.join(entries, verb.position());
        out().append(from).append(where);
    }

    /** The table a command writes. */
    record Target(List<Token> name, CanonicalText relation) {}

    /** Reads the target and its alias. */
    Target target() {
        int mark = cursor.mark();
        cursor.accept("only");
        cursor.acceptMark("(");
        List<Token> name = translation.tables.chain();
        cursor.reset(mark);
        return new Target(name, translation.capture(translation.tables::relation));
    }

    private void from(String word, Target target) {
        out().plain("FROM").append(target.relation);
        if (cursor.accept(word)) {
            out().plain(",");
            translation.tables.list();
        }
    }

    private void where() {
        if (!cursor.accept("where")) {
            return;
        }
        out().plain("WHERE");
        if (cursor.atWords("current", "of")) {
            out().name(Marker.CURRENT.text(), cursor.peek().position())
                    .plain("(")
                    .plain(")");
            cursor.acceptWords("current", "of");
            cursor.name();
        } else {
            translation.expressions.expression();
        }
    }

    /** Reads the assignments after SET, and returns one entry for each. */
    List<CanonicalText> assignments(List<Token> assigned) {
        List<CanonicalText> entries = new ArrayList<>();
        do {
            int number = assigned.size();
            if (cursor.atMark("(")) {
                assigned.addAll(targets(entries));
            } else {
                assigned.add(cursor.name());
                path(entries);
            }
            if (!cursor.acceptOperator("=")) {
                throw cursor.unexpected();
            }
            entries.add(translation.capture(() -> carry(number, assigned.size() - number)));
        } while (cursor.acceptMark(","));
        return entries;
    }

    /** Copies a value for columns that are assigned. */
    void carry(int number, int count) {
        out().name(Marker.CARRY.text(), cursor.peek().position())
                .plain("(")
                .plain(number + " , " + count)
                .plain(",");
        cursor.accept("row");
        translation.expressions.expression();
        out().plain(")");
    }

    /** The field or element of a column that is assigned. */
    private void path(List<CanonicalText> entries) {
        while (cursor.atMark(".") || cursor.atMark("[")) {
            if (cursor.acceptMark(".")) {
                cursor.label();
            } else {
                entries.add(translation.capture(() -> {
                    out().name(Marker.PREDICATE.text(), cursor.peek().position())
                            .plain("(")
                            .plain("0");
                    translation.operands.subscript();
                    out().plain(")");
                }));
            }
        }
    }

    /**
     * Reads the columns in parentheses.
     *
     * @param entries gets one for each element that is named by an expression
     */
    List<Token> targets(List<CanonicalText> entries) {
        List<Token> columns = new ArrayList<>();
        cursor.expectMark("(");
        do {
            columns.add(cursor.name());
            path(entries);
        } while (cursor.acceptMark(","));
        cursor.expectMark(")");
        return columns;
    }

    private void source() {
        out().name(Marker.SOURCE.text(), cursor.peek().position()).plain("(").plain("(");
        translation.queries.query();
        out().plain(")").plain(")");
    }

    /** Skips what picks the unique index: it names columns, but no value of theirs is looked at for it. */
    private void conflictTarget() {
        if (cursor.acceptWords("on", "constraint")) {
            cursor.name();
        } else if (cursor.atMark("(")) {
            cursor.skipParentheses();
            if (cursor.accept("where")) {
                translation.discard(translation.expressions::expression);
            }
        }
    }
}
