package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.lexer.CanonicalText;
import dev.gatehouse.analyzer.lexer.Unreadable;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.sql.validate.SqlConformanceEnum;

/** Turns canonical text into a syntax tree. */
final class CalciteParser {

    private static final SqlParser.Config CONFIG = SqlParser.config()
            .withParserFactory(SqlBabelParserImpl.FACTORY)
            .withQuoting(Quoting.DOUBLE_QUOTE)
            .withUnquotedCasing(Casing.UNCHANGED)
            .withQuotedCasing(Casing.UNCHANGED)
            .withIdentifierMaxLength(128)
            .withConformance(SqlConformanceEnum.BABEL);

    private CalciteParser() {}

    static SqlNode parse(CanonicalText text) {
        try {
            return SqlParser.create(text.toString(), CONFIG).parseQuery();
        } catch (SqlParseException e) {
            SqlParserPos position = e.getPos();
            throw new Unreadable(
                    "a form of SQL that is not known here",
                    position == null ? 0 : text.original(position.getColumnNum()));
        }
    }
}
