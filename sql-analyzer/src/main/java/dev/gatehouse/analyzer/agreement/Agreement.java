package dev.gatehouse.analyzer.agreement;

import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.analyzer.tree.Insert;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWith;

/** Holds a tree against what else is known of its statement: the tokens, and another parser's tree. */
public final class Agreement {

    private Agreement() {}

    /** Refuses a tree with a table in it that no token names. */
    public static void withTokens(SqlNode tree, List<Token> tokens) {
        Set<String> words = new HashSet<>();
        for (Token token : tokens) {
            if (token.sort() == Sort.WORD || token.sort() == Sort.QUOTED) {
                words.add(token.text());
            }
        }
        for (List<String> table : Named.in(tree).tables()) {
            if (!words.containsAll(table)) {
                throw new Unreadable("a table that the text does not name", 0);
            }
        }
    }

    /** Refuses what two parsers read differently. */
    public static void between(SqlNode first, SqlNode second) {
        if (!kind(first).equals(kind(second))) {
            throw new Unreadable("two parsers differ in its kind", 0);
        }
        Named one = Named.in(first);
        Named other = Named.in(second);
        if (!one.tables().equals(other.tables())) {
            throw new Unreadable("two parsers differ in its tables", 0);
        }
        if (!one.columns().equals(other.columns())) {
            throw new Unreadable("two parsers differ in its columns", 0);
        }
    }

    /** What a statement is at heart: one that writes, or a query. */
    private static String kind(SqlNode tree) {
        SqlNode node = tree;
        while (node instanceof SqlWith with) {
            node = with.body;
        }
        return switch (node.getKind()) {
            case INSERT -> node instanceof Insert insert && insert.replaces() ? "REPLACE" : "INSERT";
            case UPDATE -> "UPDATE";
            case DELETE -> "DELETE";
            case MERGE -> "MERGE";
            default -> "QUERY";
        };
    }
}
