package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import java.util.List;
import java.util.Set;

/**
 * Finds the MySQL commands in which every literal is nothing but a value: what a column is compared with or set to, a row to
 * insert, a limit. Such a command means the same whatever its literals are. In other places a literal may be a column's name
 * or its number, an alias, a file, a path, so that all other commands with literals are taken as they are.
 */
final class MySqlValues {

    private static final Set<String> CHANGES = Set.of("insert", "replace", "update", "delete");
    private static final Set<String> COMPARISONS = Set.of("=", "<", ">", "<=", ">=", "<>", "!=", "<=>");
    private static final Set<String> SIGNS = Set.of("+", "-");
    /** What begins another list of results, or says where they go. */
    private static final Set<String> RESULTS = Set.of(
            "select",
            "union",
            "intersect",
            "except",
            "minus",
            "with",
            "table",
            "into",
            "returning",
            "procedure",
            "outfile",
            "dumpfile",
            "as");
    /** What may follow a value. */
    private static final Set<String> FOLLOWING =
            Set.of("and", "or", "where", "group", "order", "limit", "offset", "on", "for");

    /** In what a token stands. */
    private enum Clause {
        /** Where no literal is only a value. */
        OTHER,
        SET,
        WHERE,
        VALUES,
        LIMIT
    }

    private final List<Token> tokens;
    private final boolean selects;
    private Clause clause = Clause.OTHER;
    private int depth;
    /** The depth of the list that an IN has opened; 0 outside of one. */
    private int list;
    /** Whether the next AND is that of a BETWEEN. */
    private boolean between;

    private MySqlValues(List<Token> tokens) {
        this.tokens = tokens;
        this.selects = tokens.get(0).isWord("select");
    }

    /** @param tokens of one command, to its {@link Sort#END} */
    static boolean areAll(List<Token> tokens) {
        Token first = tokens.get(0);
        boolean known = first.isWord("select") || (first.sort() == Sort.WORD && CHANGES.contains(first.text()));
        return known && new MySqlValues(tokens).areValues();
    }

    private boolean areValues() {
        for (int i = 1; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean fits =
                    switch (token.sort()) {
                        case HINT, INTRODUCER, VARIABLE -> false;
                        case STRING, NUMBER -> isValue(i) && isFollowed(i);
                        case WORD -> word(token.text(), i);
                        case MARK -> mark(token);
                        default -> true;
                    };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private boolean word(String word, int i) {
        if (RESULTS.contains(word)) {
            return word.equals("into") && !selects && i < 4;
        }
        switch (word) {
            case "where" -> clause = Clause.WHERE;
            case "set" -> clause = selects ? Clause.OTHER : Clause.SET;
            // ON DUPLICATE KEY UPDATE sets what follows.
            case "update" -> clause = selects ? Clause.OTHER : Clause.SET;
            case "values", "value" -> clause = selects || depth > 0 ? Clause.OTHER : Clause.VALUES;
            case "limit" -> clause = depth > 0 ? Clause.OTHER : Clause.LIMIT;
            case "on",
                    "group",
                    "having",
                    "order",
                    "window",
                    "for",
                    "partition",
                    "like",
                    "regexp",
                    "rlike",
                    "case",
                    "interval",
                    "collate",
                    "escape" -> clause = Clause.OTHER;
            case "between" -> between = true;
            case "and" -> between &= isLiteral(i - 1);
            default -> {}
        }
        return true;
    }

    private boolean mark(Token token) {
        if (token.isMark("(")) {
            depth++;
        } else if (token.isMark(")")) {
            list = list == depth ? 0 : list;
            depth--;
        }
        return !token.isMark("[") && !token.isMark("{");
    }

    private boolean isValue(int i) {
        Token before = tokens.get(i - 1);
        boolean compared = before.sort() == Sort.OPERATOR && COMPARISONS.contains(before.text()) && isName(i - 2);
        return switch (clause) {
            case WHERE -> compared || isOfRange(i) || isListed(i);
            case SET ->
                (before.isOperator("=") && isName(i - 2))
                        || (before.sort() == Sort.OPERATOR
                                && SIGNS.contains(before.text())
                                && isName(i - 2)
                                && tokens.get(i).sort() == Sort.NUMBER);
            case VALUES -> depth == 1 && (before.isMark("(") || before.isMark(","));
            case LIMIT -> before.isWord("limit") || before.isWord("offset") || (before.isMark(",") && isLiteral(i - 2));
            case OTHER -> false;
        };
    }

    /** One of the two bounds of a BETWEEN. */
    private boolean isOfRange(int i) {
        Token before = tokens.get(i - 1);
        if (before.isWord("between")) {
            return isName(i - 2);
        }
        boolean second = before.isWord("and")
                && between
                && isLiteral(i - 2)
                && tokens.get(i - 3).isWord("between");
        between &= !second;
        return second;
    }

    /** One of what stands in the parentheses of an IN. */
    private boolean isListed(int i) {
        Token before = tokens.get(i - 1);
        if (before.isMark("(")
                && tokens.get(i - 2).isWord("in")
                && (isName(i - 3) || tokens.get(i - 3).isWord("not"))) {
            list = depth;
            return true;
        }
        return before.isMark(",") && list > 0 && list == depth && isLiteral(i - 2);
    }

    private boolean isFollowed(int i) {
        Token behind = tokens.get(i + 1);
        return switch (behind.sort()) {
            case END -> true;
            case MARK -> behind.isMark(")") || behind.isMark(",");
            case WORD -> FOLLOWING.contains(behind.text());
            default -> false;
        };
    }

    private boolean isLiteral(int i) {
        Sort sort = tokens.get(i).sort();
        return sort == Sort.STRING || sort == Sort.NUMBER;
    }

    /** Whether a name ends here, of a column as it seems. */
    private boolean isName(int i) {
        Sort sort = tokens.get(i).sort();
        return i > 0 && (sort == Sort.WORD || sort == Sort.QUOTED);
    }
}
