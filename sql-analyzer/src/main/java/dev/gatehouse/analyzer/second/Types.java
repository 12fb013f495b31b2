package dev.gatehouse.analyzer.second;

import dev.gatehouse.analyzer.lexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.sf.jsqlparser.statement.create.table.ColDataType;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Translates the names of types. What a type does to a value is not told by its modifiers, so they are left out. */
final class Types {

    private static final Pattern DIGITS = Pattern.compile("\\d+");

    private final Translation translation;

    Types(Translation translation) {
        this.translation = translation;
    }

    SqlDataTypeSpec type(ColDataType type) {
        Nodes.whole(type);
        Rendering rendering = translation.rendering();
        String text = type.getDataType();
        modifiers(type, text);
        int end = text.indexOf('(');
        List<Token> named = rendering.names(end < 0 ? text : text.substring(0, end));
        SqlIdentifier name;
        if (named.isEmpty()) {
            name = new SqlIdentifier(text.toLowerCase(Locale.ROOT), Translation.NOWHERE);
        } else {
            List<String> names = new ArrayList<>();
            List<SqlParserPos> positions = new ArrayList<>();
            for (Token token : named) {
                names.add(token.written());
                positions.add(Rendering.position(token));
            }
            name = new SqlIdentifier(names, null, SqlParserPos.sum(positions), positions);
        }
        return new SqlDataTypeSpec(
                new SqlUserDefinedTypeNameSpec(name, name.getParserPosition()), name.getParserPosition());
    }

    /** Takes the numbers of a type like {@code numeric(10, 2)} for read. */
    private void modifiers(ColDataType type, String text) {
        Rendering rendering = translation.rendering();
        int open = text.indexOf('(');
        if (open >= 0) {
            numbers(text.substring(open + 1));
        }
        if (type.getArgumentsStringList() != null) {
            type.getArgumentsStringList().forEach(this::numbers);
        }
        if (type.getArrayData() != null) {
            type.getArrayData().forEach(size -> {
                if (size != null) {
                    rendering.number(size.toString());
                }
            });
        }
        if (type.getCharacterSet() != null) {
            rendering.names(type.getCharacterSet());
        }
    }

    private void numbers(String text) {
        Matcher matcher = DIGITS.matcher(text);
        while (matcher.find()) {
            translation.rendering().number(matcher.group());
        }
    }
}
