package dev.gatehouse.analyzer.second;

import dev.gatehouse.analyzer.lexer.Bounds;
import dev.gatehouse.analyzer.lexer.Token;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Literals with the values their tokens have. */
final class Literals {

    private Literals() {}

    static SqlLiteral string(Token token) {
        return SqlLiteral.createCharString(token.text(), Rendering.position(token));
    }

    static SqlLiteral number(Token token) {
        Bounds.checkDigits(token);
        SqlParserPos position = Rendering.position(token);
        String digits = token.text().replace("_", "").toLowerCase(Locale.ROOT);
        int radix = digits.startsWith("0x") ? 16 : digits.startsWith("0o") ? 8 : digits.startsWith("0b") ? 2 : 10;
        if (radix != 10) {
            return SqlLiteral.createExactNumeric(new BigInteger(digits.substring(2), radix).toString(), position);
        }
        return digits.indexOf('e') >= 0
                ? SqlLiteral.createApproxNumeric(digits, position)
                : SqlLiteral.createExactNumeric(new BigDecimal(digits).toPlainString(), position);
    }

    static SqlDynamicParam parameter(Token token) {
        int number = token.text().length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(token.text());
        return new SqlDynamicParam(Math.max(number, 1) - 1, Rendering.position(token));
    }

    /** A word that stands in the tree as what a form says of itself. */
    static SqlLiteral word(String word) {
        return SqlLiteral.createCharString(word, Translation.NOWHERE);
    }
}
