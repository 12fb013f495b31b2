package dev.gatehouse.analyzer.grammar;

/**
 * How tightly PostgreSQL's operators bind.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-PRECEDENCE">Operator Precedence</a>
 */
final class Power implements PgSqlParserConstants {

    static final int OR_POWER = 1;
    static final int AND_POWER = 2;
    static final int NOT_POWER = 3;
    static final int IS_POWER = 4;
    static final int COMPARISON = 5;
    static final int MATCHING = 6;
    static final int OPERATOR_POWER = 7;
    static final int SUM = 8;
    static final int PRODUCT = 9;
    static final int EXPONENT = 10;
    static final int ZONE_POWER = 11;
    static final int COLLATION = 12;
    static final int SIGN = 13;
    static final int CAST_POWER = 14;

    private Power() {}

    /**
     * The power of the operator that begins at a token; 0 if none does.
     *
     * @param restricted whether only arithmetic and comparisons are read, as after BETWEEN
     */
    static int of(PgToken token, boolean restricted) {
        int power = isName(token) ? 0 : of(token);
        boolean allowed = !restricted
                || (power >= COMPARISON && power != MATCHING && power != ZONE_POWER && power != COLLATION)
                || (power == IS_POWER && isAllowedInRestricted(token));
        return allowed ? power : 0;
    }

    /** Whether a word that could be an operator has no operand, and so names what stands before it. */
    private static boolean isName(PgToken token) {
        return token.isBareLabel() && token.ahead(1).endsItem();
    }

    private static boolean isAllowedInRestricted(PgToken is) {
        PgToken next = is.ahead(1).isWord("not") ? is.ahead(2) : is.ahead(1);
        return is.is(IS) && (next.isWord("distinct") || next.isWord("document"));
    }

    private static int of(PgToken token) {
        return switch (token.kind) {
            case OR -> OR_POWER;
            case AND -> AND_POWER;
            case IS, ISNULL, NOTNULL -> IS_POWER;
            case EQ, LT, GT, LE, GE, NE, NE2 -> COMPARISON;
            case BETWEEN, IN, LIKE, ILIKE -> MATCHING;
            case SIMILAR -> isMatching(token) ? MATCHING : 0;
            case NOT -> isMatching(token.ahead(1)) ? MATCHING : 0;
            case SYMBOL -> OPERATOR_POWER;
            case OPERATOR -> token.ahead(1).is(LPAREN) ? OPERATOR_POWER : 0;
            case PLUS, MINUS -> SUM;
            case STAR, SLASH, PERCENT_REMAINDER -> PRODUCT;
            case CARET -> EXPONENT;
            case AT -> isZone(token.ahead(1)) ? ZONE_POWER : 0;
            case COLLATE -> COLLATION;
            case OVERLAPS, INFIX_CAST -> CAST_POWER;
            default -> 0;
        };
    }

    private static boolean isZone(PgToken token) {
        return token.isWord("local") || (token.isWord("time") && token.ahead(1).isWord("zone"));
    }

    private static boolean isMatching(PgToken token) {
        return token.is(BETWEEN)
                || token.is(IN)
                || token.is(LIKE)
                || token.is(ILIKE)
                || (token.is(SIMILAR) && token.ahead(1).isWord("to"));
    }
}
