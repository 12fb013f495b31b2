package dev.gatehouse.analyzer.grammar;

import dev.gatehouse.analyzer.lexer.Token.Sort;
import dev.gatehouse.analyzer.lexer.Unreadable;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Feeds the parser with the tokens our lexer has made, in place of the lexer that JavaCC generates, which never sees a
 * character of a client's text. A word is the key word the grammar has for it, or else a plain identifier.
 */
final class PgTokens extends PgSqlParserTokenManager {

    private static final Map<String, Integer> WORDS = words();
    private static final Map<String, Integer> SYMBOLS = Map.ofEntries(
            Map.entry("=", EQ),
            Map.entry("<", LT),
            Map.entry(">", GT),
            Map.entry("<=", LE),
            Map.entry(">=", GE),
            Map.entry("<>", NE),
            Map.entry("!=", NE2),
            Map.entry("+", PLUS),
            Map.entry("-", MINUS),
            Map.entry("*", STAR),
            Map.entry("/", SLASH),
            Map.entry("%", PERCENT_REMAINDER),
            Map.entry("^", CARET),
            Map.entry("::", INFIX_CAST),
            Map.entry("=>", NAMED_ARGUMENT_ASSIGNMENT),
            Map.entry(":=", COLON_EQUALS),
            Map.entry("(", LPAREN),
            Map.entry(")", RPAREN),
            Map.entry("[", LBRACKET),
            Map.entry("]", RBRACKET),
            Map.entry(",", COMMA),
            Map.entry(";", SEMICOLON),
            Map.entry(".", DOT),
            Map.entry(":", COLON));

    private final PgToken[] tokens;
    private final int[] partner;
    private int next;

    /** Feeds a statement's tokens; the last one is the end. */
    PgTokens(List<dev.gatehouse.analyzer.lexer.Token> source) {
        super(new SimpleCharStream(Reader.nullReader()));
        this.tokens = new PgToken[source.size()];
        this.partner = new int[source.size()];
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < tokens.length; i++) {
            PgToken token = new PgToken(this, i, source.get(i), kind(source.get(i)));
            tokens[i] = token;
            if (token.kind == LPAREN || token.kind == LBRACKET) {
                open.push(i);
            } else if (token.kind == RPAREN || token.kind == RBRACKET) {
                close(open.poll(), token, i);
            }
        }
        if (!open.isEmpty()) {
            throw new Unreadable("an unmatched parenthesis", tokens[open.pop()].beginColumn);
        }
    }

    private void close(@Nullable Integer start, PgToken token, int index) {
        if (start == null || tokens[start].is(LPAREN) != token.is(RPAREN)) {
            throw new Unreadable("an unmatched " + token.image, token.beginColumn);
        }
        partner[start] = index;
    }

    private static Map<String, Integer> words() {
        Map<String, Integer> words = new HashMap<>();
        for (int kind = 0; kind < tokenImage.length; kind++) {
            String image = tokenImage[kind];
            if (image.matches("\"[A-Z_0-9]+\"")) {
                words.put(image.substring(1, image.length() - 1).toLowerCase(Locale.ROOT), kind);
            }
        }
        return Map.copyOf(words);
    }

    private static int kind(dev.gatehouse.analyzer.lexer.Token token) {
        Sort sort = token.sort();
        return switch (sort) {
            case WORD -> WORDS.getOrDefault(token.text(), IDENTIFIER);
            case QUOTED -> IDENTIFIER;
            case STRING -> QUOTED_STRING;
            case NUMBER -> DECIMAL_NUMERIC_LITERAL;
            case PARAMETER -> NUMBERED_PARAMETER;
            case OPERATOR, MARK -> SYMBOLS.getOrDefault(token.text(), SYMBOL);
            case END -> EOF;
            default -> throw new Unreadable("a token that PostgreSQL has not", token.position());
        };
    }

    @Override
    public Token getNextToken() {
        PgToken token = at(next);
        next++;
        return token;
    }

    PgToken at(int index) {
        return tokens[Math.min(index, tokens.length - 1)];
    }

    int partner(int index) {
        return partner[index];
    }
}
