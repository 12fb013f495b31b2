package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.analyzer.lexer.CanonicalText;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.firewall.statement.Scope;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Follows values through one syntax tree, from base columns to the result, and notes every effect on the way.
 *
 * <p>The rules: a name means what the innermost level around it says; every expression holds what its parts hold; a
 * relation's name as a value is its whole row; whatever part of the tree is not known ends the reading.
 */
final class Lineage {

    final Snapshot snapshot;
    final Scope scope;
    final Findings findings;
    final Translation translation;
    final QueryLineage queries;
    final TableLineage tables;
    final ExpressionLineage expressions;
    final WriteLineage writing;

    private final CanonicalText text;
    private final Map<Integer, Token> tokens = new HashMap<>();
    private final Set<Integer> visited = new HashSet<>();

    private Lineage(Translation translation, List<Token> tokens, Snapshot snapshot, Scope scope, Findings findings) {
        this.translation = translation;
        this.text = translation.out();
        this.snapshot = snapshot;
        this.scope = scope;
        this.findings = findings;
        tokens.forEach(token -> this.tokens.put(token.position(), token));
        this.queries = new QueryLineage(this);
        this.tables = new TableLineage(this);
        this.expressions = new ExpressionLineage(this);
        this.writing = new WriteLineage(this);
    }

    /**
     * Parses a translated command and follows its values.
     *
     * @param tokens the tokens it was translated from
     * @param findings what is found out is added to it
     * @param mode what becomes of the result's rows
     * @return the result's columns
     */
    static Rowset read(
            Translation translation, List<Token> tokens, Snapshot snapshot, Scope scope, Findings findings, Mode mode) {
        SqlNode tree = CalciteParser.parse(translation.out());
        Lineage lineage = new Lineage(translation, tokens, snapshot, scope, findings);
        Rowset rows = lineage.queries.query(tree, new Frame(null), mode);
        for (int name : translation.names()) {
            if (!lineage.visited.contains(name)) {
                throw new Unreadable("a name that the syntax tree has lost", name);
            }
        }
        return rows;
    }

    /** Where in the original a part of the tree begins. */
    int position(SqlNode node) {
        return position(node.getParserPosition());
    }

    int position(SqlParserPos position) {
        return text.original(position.getColumnNum());
    }

    /** Notes that the name that begins here was taken into account. */
    void visit(int position) {
        visited.add(position);
    }

    /** The token a part of the tree was made from. */
    Token token(int position) {
        Token token = tokens.get(position);
        if (token == null) {
            throw new Unreadable("a part of the syntax tree that is not in the text", position);
        }
        return token;
    }
}
