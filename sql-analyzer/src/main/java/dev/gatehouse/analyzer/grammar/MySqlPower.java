package dev.gatehouse.analyzer.grammar;

import dev.gatehouse.analyzer.lexer.Token.Sort;
import dev.gatehouse.firewall.statement.Modes;
import java.util.Set;

/**
 * How tightly MySQL's operators bind.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/9.0/en/operator-precedence.html">Operator Precedence</a>
 */
final class MySqlPower {

    static final int OR_POWER = 1;
    static final int XOR_POWER = 2;
    static final int AND_POWER = 3;
    static final int NOT_POWER = 4;
    static final int COMPARISON = 5;
    static final int MATCHING = 6;
    static final int BIT_OR = 7;
    static final int BIT_AND = 8;
    static final int SHIFT = 9;
    static final int SUM = 10;
    static final int PRODUCT = 11;
    static final int BIT_XOR = 12;
    static final int CONCATENATION = 13;
    static final int SIGN = 14;
    static final int COLLATION = 15;
    static final int PATH = 16;

    private static final Set<String> MATCHES = Set.of("in", "between", "like", "regexp", "rlike");

    private MySqlPower() {}

    /** The power of the operator that begins at a token; 0 if none does. */
    static int of(MySqlToken token, Modes.MySql modes) {
        return token.is(Sort.OPERATOR)
                ? mark(token.source().text(), modes)
                : token.is(Sort.WORD) ? word(token, modes) : 0;
    }

    private static int mark(String operator, Modes.MySql modes) {
        return switch (operator) {
            case "||" -> modes.pipesAsConcat() ? CONCATENATION : OR_POWER;
            case "&&" -> AND_POWER;
            case "=", "<=>", "<>", "!=", "<", "<=", ">", ">=" -> COMPARISON;
            case "|" -> BIT_OR;
            case "&" -> BIT_AND;
            case "<<", ">>" -> SHIFT;
            case "+", "-" -> SUM;
            case "*", "/", "%" -> PRODUCT;
            case "^" -> BIT_XOR;
            case "->", "->>" -> PATH;
            default -> 0;
        };
    }

    private static int word(MySqlToken token, Modes.MySql modes) {
        return switch (token.source().text()) {
            case "or" -> OR_POWER;
            case "xor" -> XOR_POWER;
            case "and" -> AND_POWER;
            case "is" -> COMPARISON;
            case "in", "between", "like", "regexp", "rlike" -> MATCHING;
            case "not" -> token.ahead(1).isWord(MATCHES) ? MATCHING : 0;
            case "sounds" -> token.ahead(1).isWord("like") ? MATCHING : 0;
            case "member" -> isMember(token, modes) ? MATCHING : 0;
            case "div", "mod" -> PRODUCT;
            case "collate" -> COLLATION;
            default -> 0;
        };
    }

    private static boolean isMember(MySqlToken token, Modes.MySql modes) {
        return !modes.isMariaDb()
                && (token.ahead(1).isWord("of") || token.ahead(1).is(MySqlParserConstants.LPAREN));
    }
}
