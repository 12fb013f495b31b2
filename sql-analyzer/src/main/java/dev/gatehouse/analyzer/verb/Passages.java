package dev.gatehouse.analyzer.verb;

import dev.gatehouse.analyzer.grammar.PgReader;
import dev.gatehouse.analyzer.lexer.Cursor;
import dev.gatehouse.analyzer.lexer.PgWords;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import dev.gatehouse.analyzer.tree.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.jspecify.annotations.Nullable;

/** Finds where the expressions and statements inside a command end. Reserved words make that certain. */
final class Passages {

    private static final Set<String> NEVER_INSIDE = Set.of("create", "do", "grant");
    private static final Set<String> AFTER_DEFAULT = Set.of(
            "check",
            "collate",
            "constraint",
            "default",
            "deferrable",
            "enforced",
            "generated",
            "initially",
            "not",
            "null",
            "primary",
            "references",
            "unique");
    private static final List<String[]> TAILS = List.of(
            new String[] {"with", "data"},
            new String[] {"with", "no", "data"},
            new String[] {"with", "check", "option"},
            new String[] {"with", "local", "check", "option"},
            new String[] {"with", "cascaded", "check", "option"});
    private static final Set<String> EXPLAINED = Set.of("create", "declare", "execute", "refresh");

    private final Cursor cursor;

    Passages(Cursor cursor) {
        this.cursor = cursor;
    }

    /** An expression; null where none comes next. */
    @Nullable
    Passage expression() {
        return passage(false);
    }

    /** An expression that a column's other conditions may follow; null where none comes next. */
    @Nullable
    Passage plainExpression() {
        return passage(true);
    }

    private @Nullable Passage passage(boolean plain) {
        int start = cursor.mark();
        Token before = cursor.peek();
        while (!ends(start) && !(plain && cursor.mark() > start && conditions(before))) {
            before = cursor.peek();
            skip();
        }
        return cursor.mark() == start ? null : new Passage(cursor.since(start), Passages::value);
    }

    private boolean ends(int start) {
        Token token = cursor.peek();
        return token.sort() == Sort.END
                || token.isMark(",")
                || token.isMark(")")
                || token.isMark("]")
                || token.isMark(";")
                || (cursor.mark() > start && cursor.atWord(NEVER_INSIDE));
    }

    /** Whether the next condition of a column begins, and not the second half of {@code IS NOT DISTINCT FROM}. */
    private boolean conditions(Token before) {
        return cursor.atWord(AFTER_DEFAULT)
                && before.sort() != Sort.OPERATOR
                && !before.isWord("is")
                && !before.isMark(".");
    }

    private void skip() {
        if (cursor.atMark("(") || cursor.atMark("[")) {
            cursor.skipParentheses();
        } else if (cursor.atWord("case")) {
            skipCase();
        } else {
            cursor.next();
        }
    }

    private void skipCase() {
        cursor.next();
        while (!cursor.atEnd() && !cursor.atWord("end")) {
            skip();
        }
        cursor.next();
    }

    /** A call; null where none comes next. */
    @Nullable
    Passage call() {
        int start = cursor.mark();
        if (!cursor.atName()) {
            return null;
        }
        cursor.next();
        while (cursor.atMark(".")) {
            cursor.next();
            cursor.next();
        }
        if (!cursor.atMark("(")) {
            cursor.reset(start);
            return null;
        }
        cursor.skipParentheses();
        return new Passage(cursor.since(start), Passages::value);
    }

    /**
     * A statement; null where none comes next.
     *
     * @param sort which statements may stand here
     */
    @Nullable
    Passage statement(String sort) {
        if (!begins(sort)) {
            return null;
        }
        int start = cursor.mark();
        int end = start;
        boolean definition = cursor.atWord("create");
        while (!endsStatement(start) && (definition || !tail())) {
            skip();
            end = cursor.mark();
        }
        cursor.reset(end);
        return new Passage(cursor.since(start), Passages::command);
    }

    private static SqlNode command(Cursor tokens) {
        Token first = tokens.peek();
        boolean query = first.isMark("(") || tokens.atWord(PgWords.QUERY) || tokens.atWord(PgWords.WRITE);
        return query ? PgReader.read(tokens.all()) : VerbReader.read(new Cursor(tokens.all()));
    }

    /** An expression is read as the only column of a query. */
    private static SqlNode value(Cursor tokens) {
        List<Token> query = new ArrayList<>();
        query.add(new Token(Sort.WORD, "select", tokens.peek().position()));
        query.addAll(tokens.all());
        return ((SqlSelect) PgReader.read(query)).getSelectList();
    }

    private boolean begins(String sort) {
        boolean queries = cursor.atMark("(") || cursor.atWord(PgWords.QUERY);
        return switch (sort) {
            case "QUERY", "RECURSIVE QUERY" -> queries;
            case "ACTION" -> queries || cursor.atWord(PgWords.WRITE) || cursor.atWord("notify");
            case "EXPLAINABLE" -> queries || cursor.atWord(PgWords.WRITE) || cursor.atWord(EXPLAINED);
            case "ANYTHING" -> cursor.peek().sort() == Sort.WORD && !cursor.atWord("end");
            default -> queries || cursor.atWord(PgWords.WRITE);
        };
    }

    private boolean endsStatement(int start) {
        Token token = cursor.peek();
        boolean stops = token.sort() == Sort.END || token.isMark(")") || token.isMark(";");
        boolean next = cursor.mark() > start && (cursor.atWord("create") || cursor.atWord("grant"));
        return stops || next;
    }

    /** Whether WITH DATA or WITH CHECK OPTION ends what holds the query; a WITH clause may begin with the same words. */
    private boolean tail() {
        return TAILS.stream().anyMatch(words -> {
            Token after = cursor.peek(words.length);
            boolean last = after.sort() == Sort.END || after.isWord("create") || after.isWord("grant");
            return last && cursor.atWords(words);
        });
    }
}
