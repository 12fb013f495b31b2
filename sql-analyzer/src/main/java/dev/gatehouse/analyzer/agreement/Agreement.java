package dev.gatehouse.analyzer.agreement;

import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.analyzer.tree.Insert;
import dev.gatehouse.firewall.statement.Dialect;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWith;

/** Holds a tree against what else is known of its statement: the tokens, and another parser's tree. */
public final class Agreement {

    private Agreement() {}

    /**
     * Refuses a tree with a table in it that no token names, or without a name, a literal or a parameter that the tokens
     * have.
     */
    public static void withTokens(SqlNode tree, List<Token> tokens, Dialect dialect) {
        refuseInvented(tree, tokens);
        BitSet told = Places.of(tree);
        Set<String> keyWords = KeyWords.of(dialect);
        for (int i = 0; i < tokens.size() - 1; i++) {
            Token token = tokens.get(i);
            if (!told.get(token.position()) && says(token, keyWords) && !isSilent(tokens, i)) {
                throw new Unreadable("a word that is not in the tree", token.position());
            }
        }
    }

    /** Refuses a tree with a table in it that no token names. */
    public static void refuseInvented(SqlNode tree, List<Token> tokens) {
        Set<String> words = new HashSet<>();
        for (Token token : tokens) {
            if (token.sort() == Sort.WORD || token.sort() == Sort.QUOTED) {
                words.add(token.written());
                words.add(token.text());
            }
        }
        for (List<String> table : Named.in(tree).tables()) {
            if (!words.containsAll(table)) {
                throw new Unreadable("a table that the text does not name", 0);
            }
        }
    }

    /** Whether a token has to be found in the tree. */
    private static boolean says(Token token, Set<String> keyWords) {
        return switch (token.sort()) {
            case WORD -> !keyWords.contains(token.text());
            case QUOTED, STRING, NUMBER, PARAMETER, VARIABLE -> true;
            case INTRODUCER, HINT, OPERATOR, MARK, END -> false;
        };
    }

    /**
     * Whether a token is one of those that trees leave out: a type's bounds, a constraint's name, an operator's
     * schema, the prefix of an XML namespace, a character set, what separates texts, a string that another goes on with.
     */
    private static boolean isSilent(List<Token> tokens, int index) {
        Token token = tokens.get(index);
        Token before = at(tokens, index - 1);
        if (token.sort() == Sort.NUMBER) {
            Token after = at(tokens, index + 1);
            boolean listed = before.isMark("(") || before.isMark("[") || before.isMark(",");
            boolean last = after.isMark(")") || after.isMark("]") || after.isMark(",");
            return (listed && last)
                    || (before.isWord("limit") && isAggregated(at(tokens, opening(tokens, index) - 1)))
                    || before.isWord("level")
                    || before.isWord("examined");
        }
        boolean string = token.sort() == Sort.STRING;
        if (string && (before.sort() == Sort.STRING || before.isWord("separator") || before.isWord("by"))) {
            return true;
        }
        if (before.isMark("{") || isRestricted(tokens, index)) {
            return true;
        }
        if (before.isWord("charset")
                || (before.isWord("set") && at(tokens, index - 2).isWord("character"))) {
            return true;
        }
        if (before.isWord("using")) {
            Token call = at(tokens, opening(tokens, index) - 1);
            return call.isWord("convert") || call.isWord("char");
        }
        if (at(tokens, index - 1).isWord("constraint")) {
            return at(tokens, index - 2).isWord("on");
        }
        if (at(tokens, index - 1).isWord("as")) {
            return at(tokens, opening(tokens, index) - 1).isWord("xmlnamespaces");
        }
        return token.isWord("operator")
                || at(tokens, opening(tokens, index) - 1).isWord("operator");
    }

    /** Whether a token is a column of MariaDB's {@code CYCLE a, b RESTRICT}, which is one of the query's before it. */
    private static boolean isRestricted(List<Token> tokens, int index) {
        if (tokens.get(index).isWord("cycle") && at(tokens, index - 1).isMark(")")) {
            return true;
        }
        int end = index + 1;
        while (at(tokens, end).isMark(",")) {
            end += 2;
        }
        int start = index - 1;
        while (at(tokens, start).isMark(",")) {
            start -= 2;
        }
        return at(tokens, end).isWord("restrict") && at(tokens, start).isWord("cycle");
    }

    /** Whether a call's name is that of an aggregate that may have a LIMIT of its own. */
    private static boolean isAggregated(Token name) {
        return name.isWord("group_concat") || name.isWord("json_arrayagg");
    }

    /** The parenthesis around a token; before the first where there is none. */
    private static int opening(List<Token> tokens, int index) {
        int depth = 0;
        for (int i = index - 1; i >= 0; i--) {
            if (tokens.get(i).isMark(")")) {
                depth++;
            } else if (tokens.get(i).isMark("(") && depth-- == 0) {
                return i;
            }
        }
        return -1;
    }

    private static Token at(List<Token> tokens, int index) {
        return index < 0 || index >= tokens.size() ? tokens.get(tokens.size() - 1) : tokens.get(index);
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
