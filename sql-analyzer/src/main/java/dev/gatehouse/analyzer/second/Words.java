package dev.gatehouse.analyzer.second;

import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import dev.gatehouse.firewall.statement.Dialect;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which words and operators of a dialect JSqlParser is to see as what they are; all other words it sees as names. */
final class Words {

    private static final Words POSTGRESQL = new Words("postgresql", true);
    private static final Words MYSQL = new Words("mysql", false);

    private static final Set<String> OPERANDS = Set.of(
            ("null true false end default current_date current_time current_timestamp current_user session_user user "
                            + "localtime localtimestamp utc_date utc_time utc_timestamp")
                    .split(" "));

    private static final Set<String> TIMES = Set.of("date", "time", "timestamp");

    private final boolean postgresql;
    private final Set<String> reserved;
    private final Set<String> called;
    private final Set<String> known;
    private final Set<String> operators;

    private Words(String dialect, boolean postgresql) {
        this.postgresql = postgresql;
        this.reserved = WordTable.read(dialect, "reserved");
        this.called = WordTable.read(dialect, "called");
        this.operators = WordTable.read(dialect, "operators");
        Set<String> words = new HashSet<>(reserved);
        words.addAll(WordTable.read(dialect, "known"));
        this.known = Set.copyOf(words);
    }

    static Words of(Dialect dialect) {
        return switch (dialect) {
            case POSTGRESQL -> POSTGRESQL;
            case MYSQL -> MYSQL;
        };
    }

    /** Whether a word can be nothing but a name where it stands. */
    boolean isName(List<Token> tokens, int index) {
        String word = tokens.get(index).text();
        Token before = index == 0 ? tokens.get(tokens.size() - 1) : tokens.get(index - 1);
        Token after = tokens.get(index + 1);
        if (!known.contains(word) || before.isMark(".") || after.isMark(".")) {
            return true;
        }
        if (called.contains(word) && after.isMark("(")) {
            return !endsOperand(before);
        }
        return postgresql && before.isWord("as") && isReserved(word) && !word.equals("not");
    }

    /** Whether a name stands before a string whose type it is, as in {@code date '2000-01-01'}. */
    boolean isType(List<Token> tokens, int index) {
        Token token = tokens.get(index);
        boolean name = postgresql
                ? token.sort() == Sort.QUOTED || (token.sort() == Sort.WORD && isName(tokens, index))
                : token.sort() == Sort.WORD && TIMES.contains(token.text());
        return name
                && tokens.get(index + 1).sort() == Sort.STRING
                && (index == 0 || !tokens.get(index - 1).isMark("."));
    }

    /** Whether something begins here in which JSqlParser would take words for columns. */
    boolean isSpecial(List<Token> tokens, int index) {
        Token token = tokens.get(index);
        if (token.sort() != Sort.WORD) {
            return false;
        }
        boolean called = tokens.get(index + 1).isMark("(");
        if (postgresql) {
            return called && token.isWord("normalize");
        }
        return (called && (token.isWord("get_format") || (token.isWord("convert") && !isUsing(tokens, index))))
                || token.isWord("sql_buffer_result")
                || token.text().startsWith("sql_tsi_");
    }

    /** Whether USING stands in the parentheses of a call. */
    private static boolean isUsing(List<Token> tokens, int call) {
        int depth = 0;
        for (int i = call + 1; i < tokens.size(); i++) {
            depth += tokens.get(i).isMark("(") ? 1 : tokens.get(i).isMark(")") ? -1 : 0;
            if (depth == 0) {
                return false;
            }
            if (depth == 1 && tokens.get(i).isWord("using")) {
                return true;
            }
        }
        return false;
    }

    /** Whether two words say that there is no table. */
    boolean isNoTable(List<Token> tokens, int index) {
        boolean nothing = !postgresql
                && tokens.get(index).isWord("from")
                && tokens.get(index + 1).isWord("dual");
        if (!nothing) {
            return false;
        }
        Token after = tokens.get(index + 2);
        return after.sort() == Sort.END || (after.sort() == Sort.WORD && isReserved(after.text())) || after.isMark(")");
    }

    boolean isMySql() {
        return !postgresql;
    }

    /** Whether a result column's name may be a string. */
    boolean labelsAreStrings() {
        return !postgresql;
    }

    /** Whether a word that is not quoted names nothing. */
    boolean isReserved(String word) {
        return reserved.contains(word);
    }

    /** Whether another operator has to stand for this one. It makes no difference to tables and columns. */
    boolean hides(String operator) {
        return !operators.contains(operator);
    }

    /** How JSqlParser writes an operator. */
    String operator(String operator) {
        return switch (operator) {
            case "&&" -> postgresql ? operator : "AND";
            case "<=>" -> "=";
            default -> operator;
        };
    }

    /** Whether an operand may end with this token, so that an operator after it has two of them. */
    boolean endsOperand(Token token) {
        return switch (token.sort()) {
            case WORD -> !isReserved(token.text()) || OPERANDS.contains(token.text());
            case QUOTED, STRING, NUMBER, PARAMETER, VARIABLE -> true;
            case MARK -> token.isMark(")") || token.isMark("]");
            case OPERATOR, INTRODUCER, HINT, END -> false;
        };
    }
}
