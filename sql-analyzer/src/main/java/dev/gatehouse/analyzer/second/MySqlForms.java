package dev.gatehouse.analyzer.second;

import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import java.util.List;

/** MySQL's forms that JSqlParser does not know, in others that say the same of tables and columns. */
final class MySqlForms {

    private final List<Token> tokens;
    private final Words words;

    MySqlForms(List<Token> tokens, Words words) {
        this.tokens = tokens;
        this.words = words;
    }

    /**
     * Renders the form that begins with a token, if it is one of these.
     *
     * @return the index of its last token; -1 where there is none
     */
    int shortened(int index, Rendering rendering) {
        Token token = tokens.get(index);
        if (token.isWord("binary") && isPrefix(index)) {
            return index;
        }
        if (isWords(index, "lock", "in", "share", "mode")) {
            rendering.plain("FOR SHARE");
            return index + 3;
        }
        if (token.isWord("as") && isCast(index)) {
            return type(index, rendering);
        }
        return -1;
    }

    private boolean isWords(int index, String... expected) {
        for (int i = 0; i < expected.length; i++) {
            if (index + i >= tokens.size() || !tokens.get(index + i).isWord(expected[i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether BINARY stands before a value, which it changes no more than a cast does. */
    private boolean isPrefix(int index) {
        Token after = tokens.get(index + 1);
        boolean value =
                switch (after.sort()) {
                    case QUOTED, STRING, NUMBER, PARAMETER, VARIABLE -> true;
                    case WORD -> !words.isReserved(after.text());
                    default -> after.isMark("(");
                };
        return value && (index == 0 || !words.endsOperand(tokens.get(index - 1)));
    }

    /** Whether AS belongs to a CAST. */
    private boolean isCast(int index) {
        int depth = 0;
        for (int i = index - 1; i > 0; i--) {
            if (tokens.get(i).isMark(")")) {
                depth++;
            } else if (tokens.get(i).isMark("(") && depth-- == 0) {
                return tokens.get(i - 1).isWord("cast");
            }
        }
        return false;
    }

    /** A type's first word stands for all of it; nothing in a type is a name. */
    private int type(int index, Rendering rendering) {
        rendering.plain("AS");
        rendering.name(index + 1);
        int depth = 0;
        int at = index + 2;
        while (tokens.get(at).sort() != Sort.END && !(tokens.get(at).isMark(")") && depth == 0)) {
            depth += tokens.get(at).isMark("(") ? 1 : tokens.get(at).isMark(")") ? -1 : 0;
            at++;
        }
        return at - 1;
    }
}
