package dev.gatehouse.analyzer.lineage;

import dev.gatehouse.analyzer.lexer.Unreadable;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * Follows values through one syntax tree, from base columns to the result, and notes every effect on the way.
 *
 * <p>The rules: a name means what the innermost level around it says; every expression holds what its parts hold; a
 * relation's name as a value is its whole row; whatever part of the tree is not known ends the reading. A node's column is
 * its place in the client's text.
 */
public final class Lineage {

    /** Queries may use each other again and again, so that a short text takes long to follow. */
    private static final int MOST_STEPS = 2_000_000;

    final Vocabulary vocabulary;
    final Rules rules;
    final Findings findings;
    final Census census = new Census();
    final Queries queries;
    final Selections selections;
    final Tables tables;
    final Expressions expressions;
    final Columns columns;
    final Writes writes;
    final Merges merges;

    private int steps;

    private Lineage(Vocabulary vocabulary, Findings findings) {
        this.vocabulary = vocabulary;
        this.rules = vocabulary.rules();
        this.findings = findings;
        this.queries = new Queries(this);
        this.selections = new Selections(this);
        this.tables = new Tables(this);
        this.expressions = new Expressions(this);
        this.columns = new Columns(this);
        this.writes = new Writes(this);
        this.merges = new Merges(this);
    }

    /**
     * Follows a query, or a command that writes.
     *
     * @param tree the whole command
     * @param findings what is found out is added to it
     * @param mode what becomes of the result's rows, if the command does not say so itself
     */
    public static Outcome statement(SqlNode tree, Vocabulary vocabulary, Findings findings, Mode mode) {
        Lineage lineage = new Lineage(vocabulary, findings);
        Outcome outcome = Outcome.of(tree, lineage, mode);
        lineage.census.check(tree, lineage);
        return outcome;
    }

    /**
     * Follows an expression that stands in no query.
     *
     * @param mode what becomes of its value
     */
    public static Trace expression(SqlNode tree, Vocabulary vocabulary, Findings findings, Mode mode) {
        Lineage lineage = new Lineage(vocabulary, findings);
        Trace trace = lineage.expressions.value(tree, new Frame(null), mode);
        lineage.census.check(tree, lineage);
        return trace;
    }

    /** Where in the client's text a part of the tree begins. */
    int position(SqlNode node) {
        return node.getParserPosition().getColumnNum();
    }

    /** Where the last part of a name stands. */
    int last(SqlIdentifier name) {
        return name.getComponentParserPosition(name.names.size() - 1).getColumnNum();
    }

    /** Counts what is followed. */
    void step(SqlNode node) {
        if (++steps > MOST_STEPS) {
            throw new Unreadable("a statement that takes too long to follow", position(node));
        }
    }

    /** Says that something stands where it cannot be followed. */
    Unreadable unknown(String form, @Nullable SqlNode node) {
        return new Unreadable(form, node == null ? 0 : position(node));
    }
}
