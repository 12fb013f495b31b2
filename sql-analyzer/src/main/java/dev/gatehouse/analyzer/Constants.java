package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.lexer.MySqlLexer;
import dev.gatehouse.analyzer.lexer.PgLexer;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.firewall.statement.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The constants that are written in a text. */
final class Constants {

    private static final Parameter NULL = new Parameter(null);

    private Constants() {}

    /** Finds them; empty where the text cannot be read. */
    static Optional<List<Parameter>> of(byte[] sql, Modes modes) {
        try {
            if (modes instanceof Modes.PostgreSql pg) {
                return Optional.of(among(PgLexer.read(sql, pg.standardConformingStrings())));
            }
            return modes instanceof Modes.MySql my ? Optional.of(among(MySqlLexer.read(sql, my))) : Optional.empty();
        } catch (Unreadable e) {
            return Optional.empty();
        }
    }

    private static List<Parameter> among(List<Token> tokens) {
        List<Parameter> constants = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.sort() == Sort.STRING || token.sort() == Sort.NUMBER) {
                constants.add(new Parameter(token.text()));
            } else if (token.isWord("null") && !(i > 0 && isTest(tokens.get(i - 1)))) {
                constants.add(NULL);
            }
        }
        return constants;
    }

    /** Whether a NULL behind this asks for NULL, or forbids it. */
    private static boolean isTest(Token before) {
        return before.isWord("is") || before.isWord("not");
    }
}
