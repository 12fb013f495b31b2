package dev.gatehouse.analyzer.grammar;

import dev.gatehouse.analyzer.lexer.Unreadable;
import java.math.BigInteger;
import java.util.Locale;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Literals and parameters with their values. */
final class PgLiterals {

    private static final int MOST_PARAMETER_DIGITS = 9;

    private PgLiterals() {}

    /** A number in any of PostgreSQL's notations. */
    static SqlNode number(Token token) {
        String text = token.image.replace("_", "").toLowerCase(Locale.ROOT);
        SqlParserPos position = Nodes.position(token);
        try {
            if (text.startsWith("0x") || text.startsWith("0o") || text.startsWith("0b")) {
                int radix =
                        switch (text.charAt(1)) {
                            case 'x' -> 16;
                            case 'o' -> 8;
                            default -> 2;
                        };
                String value = new BigInteger(text.substring(2), radix).toString();
                return SqlLiteral.createExactNumeric(value, position);
            }
            return text.contains("e")
                    ? SqlLiteral.createApproxNumeric(text, position)
                    : SqlLiteral.createExactNumeric(text.endsWith(".") ? text + "0" : text, position);
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new Unreadable("a number out of range", token.beginColumn);
        }
    }

    static SqlNode parameter(Token token) {
        if (token.image.length() > MOST_PARAMETER_DIGITS) {
            throw new Unreadable("a parameter out of range", token.beginColumn);
        }
        int number = Integer.parseInt(token.image);
        if (number == 0) {
            throw new Unreadable("a parameter out of range", token.beginColumn);
        }
        return new SqlDynamicParam(number - 1, Nodes.position(token));
    }
}
