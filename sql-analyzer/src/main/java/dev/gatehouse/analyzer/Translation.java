package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.lexer.CanonicalText;
import dev.gatehouse.analyzer.lexer.Cursor;
import dev.gatehouse.analyzer.lexer.PgWords;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import dev.gatehouse.analyzer.lexer.Unreadable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One command on its way from tokens to canonical text.
 *
 * <p>The phrases read PostgreSQL's grammar from the cursor and write the few plain forms the parser is to see: a type is
 * dropped, an operator becomes one of two, a literal loses its value, a command that writes becomes a query whose
 * {@link Marker}s say what it writes. What a phrase does not know it does not read.
 */
final class Translation {

    final Cursor cursor;
    final ExpressionPhrases expressions;
    final OperandPhrases operands;
    final CallPhrases calls;
    final QueryPhrases queries;
    final TailPhrases tails;
    final TablePhrases tables;
    final WritePhrases writing;

    /** Reading a chain of operators takes time with the square of its length; this allows some thousands in one. */
    private static final long MOST_EFFORT = 8_000_000;

    private final List<Write> writes = new ArrayList<>();
    private final Set<Integer> names = new HashSet<>();
    private CanonicalText out = new CanonicalText();
    private long effort;
    private boolean limited;
    private boolean write;
    private List<Token> into = List.of();

    Translation(Cursor cursor) {
        this.cursor = cursor;
        this.expressions = new ExpressionPhrases(this);
        this.operands = new OperandPhrases(this);
        this.calls = new CallPhrases(this);
        this.queries = new QueryPhrases(this);
        this.tails = new TailPhrases(this);
        this.tables = new TablePhrases(this);
        this.writing = new WritePhrases(this);
    }

    /** Refuses a name that could be taken for a marker, or that the parser cannot read. */
    private static void refuseUnusual(Token token) {
        boolean name = token.sort() == Sort.QUOTED || token.sort() == Sort.WORD;
        if (name
                && (token.text().startsWith("#")
                        || token.text().chars().anyMatch(c -> c < ' ' || Character.isSurrogate((char) c)))) {
            throw new Unreadable("a name with unusual characters", token.position());
        }
    }

    /** Translates one query or writing command, which must be all there is. */
    static Translation of(Cursor cursor) {
        cursor.all().forEach(Translation::refuseUnusual);
        Translation translation = new Translation(cursor);
        translation.queries.with();
        translation.write = cursor.atWord(PgWords.WRITE);
        translation.limited = translation.queries.unprefixedStatement();
        if (!cursor.atEnd()) {
            throw cursor.unexpected();
        }
        return translation;
    }

    /**
     * Notes an operator in a chain.
     *
     * @param place its place in that chain, from 1
     */
    void effort(int place) {
        effort += place;
        if (effort > MOST_EFFORT) {
            throw new Unreadable("too many operators", cursor.peek().position());
        }
    }

    /** Where the phrases write at this moment. */
    CanonicalText out() {
        return out;
    }

    /** What a phrase writes, kept apart. */
    CanonicalText capture(Runnable phrase) {
        CanonicalText before = out;
        CanonicalText captured = new CanonicalText();
        out = captured;
        phrase.run();
        out = before;
        return captured;
    }

    /** Reads a phrase of which nothing is kept. */
    void discard(Runnable phrase) {
        Set<Integer> before = new HashSet<>(names);
        capture(phrase);
        names.retainAll(before);
    }

    /** Notes that a column, table or function is named here, so that none goes missing in the syntax tree. */
    void named(int position) {
        names.add(position);
    }

    /** Where columns, tables and functions were named. */
    Set<Integer> names() {
        return names;
    }

    int add(Write write) {
        writes.add(write);
        return writes.size() - 1;
    }

    void into(List<Token> table) {
        into = table;
    }

    /** The table a SELECT INTO makes; empty for none. */
    List<Token> into() {
        return into;
    }

    List<Write> writes() {
        return writes;
    }

    /** Whether the command itself writes, and not only a part of it. */
    boolean isWrite() {
        return write;
    }

    boolean limited() {
        return limited;
    }
}
