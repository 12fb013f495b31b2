package dev.gatehouse.analyzer.second;

import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.firewall.statement.Dialect;
import java.util.List;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.TokenMgrException;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.merge.Merge;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.update.Update;
import net.sf.jsqlparser.statement.upsert.Upsert;
import org.apache.calcite.sql.SqlNode;

/** Reads queries, INSERT, UPDATE, DELETE, MERGE and REPLACE with JSqlParser. */
public final class SecondReader {

    static final int MOST_TOKENS = 8_000;
    static final int DEEPEST = 60;

    private SecondReader() {}

    /**
     * Reads one statement.
     *
     * @param tokens its tokens, the last one being the end
     * @throws Unreadable if JSqlParser does not take it, or says something of it that is not understood, or is not to be
     *     trusted with it
     */
    public static SqlNode read(List<Token> tokens, Dialect dialect) {
        refuseLarge(tokens);
        Words words = Words.of(dialect);
        Rendering rendering = Rendering.of(tokens, words);
        SqlNode tree = translate(parse(rendering.text()), new Translation(rendering, words));
        rendering.refuseLost();
        return tree;
    }

    private static void refuseLarge(List<Token> tokens) {
        if (tokens.size() > MOST_TOKENS) {
            throw new Unreadable("a statement too long for the second parser", 0);
        }
        int depth = 0;
        for (Token token : tokens) {
            boolean opens = token.isMark("(") || token.isMark("[") || token.isWord("case");
            boolean closes = token.isMark(")") || token.isMark("]") || token.isWord("end");
            depth += opens ? 1 : closes ? -1 : 0;
            if (depth > DEEPEST) {
                throw new Unreadable("a statement nested too deeply for the second parser", token.position());
            }
        }
    }

    private static Statement parse(String text) {
        try {
            return new BoundedParser(text).Statement();
        } catch (ParseException | TokenMgrException e) {
            throw new Unreadable("a form that the second parser does not know", 0);
        }
    }

    private static SqlNode translate(Statement statement, Translation translation) {
        if (statement instanceof Select query) {
            return translation.queries().query(query);
        }
        if (statement instanceof Insert insert) {
            return translation.writes().insert(insert);
        }
        if (statement instanceof Upsert upsert) {
            return translation.writes().replace(upsert);
        }
        Changes changes = new Changes(translation);
        if (statement instanceof Update update) {
            return changes.update(update);
        }
        if (statement instanceof Delete delete) {
            return changes.delete(delete);
        }
        if (statement instanceof Merge merge) {
            return changes.merge(merge);
        }
        throw Nodes.unknown(statement.getClass(), "");
    }
}
