package dev.gatehouse.analyzer.lexer;

import dev.gatehouse.analyzer.lexer.Token.Sort;
import dev.gatehouse.firewall.statement.Modes;
import java.util.List;
import java.util.stream.Collectors;

/** States in one line how a MySQL text must be cut. */
final class Cutting {

    static final Modes.MySql MARIADB = modes("10.11.6-MariaDB", "");
    static final Modes.MySql MYSQL_57 = modes("5.7.44", "");
    static final Modes.MySql MYSQL_80 = modes("8.0.36", "");
    static final Modes.MySql MYSQL_9 = modes("9.1.0", "");

    private Cutting() {}

    static Modes.MySql modes(String version, String sqlMode) {
        return (Modes.MySql) Modes.MySql.of(version, sqlMode, 0);
    }

    static String cut(String sql) {
        return cut(sql, MARIADB);
    }

    /** The tokens, each in a notation that shows its sort; what cannot be read is {@code !} and the reason. */
    static String cut(String sql, Modes.MySql modes) {
        try {
            List<Token> tokens = MySqlLexer.read(sql, modes);
            return tokens.stream().limit(tokens.size() - 1L).map(Cutting::show).collect(Collectors.joining(" "));
        } catch (Unreadable e) {
            return "! " + e.reason();
        }
    }

    private static String show(Token token) {
        return switch (token.sort()) {
            case QUOTED -> "[" + token.text() + "]";
            case STRING -> "'" + token.text() + "'";
            case NUMBER -> "#" + token.text();
            case PARAMETER -> "?" + token.text();
            case HINT -> "/+" + token.text() + "+/";
            case WORD, VARIABLE, INTRODUCER, OPERATOR, MARK -> token.text();
            case END -> "";
        };
    }

    /** Each token's sort, and its text unless it is a literal. */
    static List<String> outline(String sql, Modes.MySql modes) {
        try {
            return MySqlLexer.read(sql, modes).stream()
                    .map(token -> token.sort() + (isLiteral(token) ? "" : " " + token.text()))
                    .toList();
        } catch (Unreadable e) {
            return List.of("unreadable");
        }
    }

    private static boolean isLiteral(Token token) {
        return token.sort() == Sort.STRING || token.sort() == Sort.NUMBER;
    }
}
