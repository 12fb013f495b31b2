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
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * Reads a query, or a command that changes rows, into the syntax tree. Our grammar reads, and JSqlParser is a witness to it:
 * where it takes the statement too, both have to name the same. Alone it reads nothing.
 */
final class TreeReader {

    private TreeReader() {}

    /**
     * Reads one command.
     *
     * @param tokens all of it, the last one being the end
     * @param modes the settings it was cut under
     * @throws Unreadable if our grammar does not know it, or JSqlParser differs over it
     */
    static SqlNode read(List<Token> tokens, Modes modes) {
        Dialect dialect = modes.dialect();
        SqlNode first = first(tokens, modes);
        Agreement.withTokens(first, tokens, dialect);
        SqlNode witness = witness(tokens, dialect);
        if (witness != null) {
            agree(first, witness, tokens);
        }
        return first;
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
