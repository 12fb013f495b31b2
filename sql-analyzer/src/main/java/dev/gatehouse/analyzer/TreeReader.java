package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.agreement.Agreement;
import dev.gatehouse.analyzer.agreement.Disagreements;
import dev.gatehouse.analyzer.grammar.MySqlReader;
import dev.gatehouse.analyzer.grammar.PgReader;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.analyzer.second.SecondReader;
import dev.gatehouse.firewall.statement.Dialect;
import dev.gatehouse.firewall.statement.Modes;
import java.util.List;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * Reads a query, or a command that changes rows, into the syntax tree. Our grammar goes first, and JSqlParser is a witness to
 * it: where both take the statement, they have to name the same. What our grammar does not take, JSqlParser may read alone.
 */
final class TreeReader {

    /**
     * A statement's tree.
     *
     * @param layer whose reading it is
     */
    record Tree(SqlNode node, Layer layer) {}

    private TreeReader() {}

    /**
     * Reads one command.
     *
     * @param tokens all of it, the last one being the end
     * @param modes the settings it was cut under
     * @throws Unreadable if nobody knows it, or two that do differ over it
     */
    static Tree read(List<Token> tokens, Modes modes) {
        Dialect dialect = modes.dialect();
        SqlNode first;
        try {
            first = first(tokens, modes);
        } catch (Unreadable refused) {
            return second(tokens, dialect, refused);
        }
        Agreement.withTokens(first, tokens, dialect);
        SqlNode witness = witness(tokens, dialect);
        if (witness != null) {
            agree(first, witness, tokens);
        }
        return new Tree(first, Layer.CALCITE);
    }

    private static SqlNode first(List<Token> tokens, Modes modes) {
        if (modes instanceof Modes.MySql mySql) {
            return MySqlReader.read(tokens, mySql);
        }
        if (modes instanceof Modes.PostgreSql) {
            return PgReader.read(tokens);
        }
        throw Unreadable.malformed("a session of unknown settings", 0);
    }

    /** JSqlParser's reading of what our grammar refused. */
    private static Tree second(List<Token> tokens, Dialect dialect, Unreadable refused) {
        SqlNode tree = refused.isMalformed() ? null : witness(tokens, dialect);
        // Our grammar is complete for MERGE, and JSqlParser takes some that the server does not.
        if (tree == null || tree.getKind() == SqlKind.MERGE) {
            throw refused;
        }
        Agreement.refuseInvented(tree, tokens);
        return new Tree(tree, Layer.JSQLPARSER);
    }

    /** JSqlParser's reading; null where it has nothing to say. */
    private static @Nullable SqlNode witness(List<Token> tokens, Dialect dialect) {
        try {
            return SecondReader.read(tokens, dialect);
        } catch (Unreadable | IllegalArgumentException e) {
            return null;
        }
    }

    private static void agree(SqlNode first, SqlNode witness, List<Token> tokens) {
        try {
            Agreement.between(first, witness);
        } catch (Unreadable e) {
            Disagreements.note(e.reason(), tokens);
            throw e;
        }
    }
}
