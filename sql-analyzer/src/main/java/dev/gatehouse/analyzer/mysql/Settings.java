package dev.gatehouse.analyzer.mysql;

import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.tree.Deed;
import dev.gatehouse.analyzer.tree.Part;
import dev.gatehouse.analyzer.tree.Span;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** How a variable's name says how far a change of it reaches. */
final class Settings {

    private Settings() {}

    /** The change of {@code @x}, {@code @@x} or {@code @@global.x}. */
    static Part assigned(Token variable) {
        String text = variable.text();
        if (!text.startsWith("@@")) {
            return part(variable, text.substring(1), Span.VARIABLE);
        }
        String name = text.substring(2);
        int dot = name.indexOf('.');
        String rest = name.substring(dot + 1);
        return switch (dot < 0 ? "" : name.substring(0, dot)) {
            case "global" -> part(variable, rest, Span.GLOBAL);
            case "persist", "persist_only" -> part(variable, rest, Span.LASTING);
            case "session", "local" -> part(variable, rest, Span.SESSION);
            default -> part(variable, name, Span.SESSION);
        };
    }

    private static Part part(Token variable, String name, Span span) {
        SqlParserPos position = Matching.at(variable);
        SqlIdentifier identifier = new SqlIdentifier(List.of(name), null, position, List.of(position));
        return new Part(Deed.SETS, "", identifier, null, span.name());
    }
}
