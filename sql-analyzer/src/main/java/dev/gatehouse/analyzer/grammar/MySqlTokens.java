package dev.gatehouse.analyzer.grammar;

import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.firewall.statement.Modes;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Feeds the parser with the tokens our lexer has made, in place of the lexer that JavaCC generates, which never sees a
 * character of a client's text. The grammar asks for key words by their text, for MySQL has hundreds that are names too.
 */
final class MySqlTokens extends MySqlParserTokenManager {

    private static final Map<String, Integer> MARKS =
            Map.of("(", LPAREN, ")", RPAREN, "{", LBRACE, "}", RBRACE, ",", COMMA, ".", DOT, "=", EQ, "*", STAR);

    private final MySqlToken[] tokens;
    private final int[] partner;
    private final Modes.MySql modes;
    private int next;

    /** Feeds a statement's tokens; the last one is the end. */
    MySqlTokens(List<dev.gatehouse.analyzer.lexer.Token> source, Modes.MySql modes) {
        super(new SimpleCharStream(Reader.nullReader()));
        this.modes = modes;
        this.tokens = new MySqlToken[source.size()];
        this.partner = new int[source.size()];
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < tokens.length; i++) {
            MySqlToken token = new MySqlToken(this, i, source.get(i), kind(source.get(i)));
            tokens[i] = token;
            if (token.kind == LPAREN || token.kind == LBRACE) {
                open.push(i);
            } else if (token.kind == RPAREN || token.kind == RBRACE) {
                if (open.isEmpty() || tokens[open.peek()].is(LPAREN) != token.is(RPAREN)) {
                    throw new Unreadable("an unmatched " + token.image, token.beginColumn);
                }
                partner[open.pop()] = i;
            }
        }
        if (!open.isEmpty()) {
            throw new Unreadable("an unmatched parenthesis", tokens[open.pop()].beginColumn);
        }
    }

    private static int kind(dev.gatehouse.analyzer.lexer.Token token) {
        return switch (token.sort()) {
            case WORD, QUOTED -> IDENTIFIER;
            case STRING -> QUOTED_STRING;
            case NUMBER -> DECIMAL_NUMERIC_LITERAL;
            case OPERATOR, MARK -> MARKS.getOrDefault(token.text(), SYMBOL);
            case PARAMETER, VARIABLE, INTRODUCER, HINT -> SYMBOL;
            case END -> EOF;
        };
    }

    @Override
    public Token getNextToken() {
        MySqlToken token = at(next);
        next++;
        return token;
    }

    MySqlToken at(int index) {
        return tokens[Math.min(index, tokens.length - 1)];
    }

    int partner(int index) {
        return partner[index];
    }

    Modes.MySql modes() {
        return modes;
    }
}
