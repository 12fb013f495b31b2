package dev.gatehouse.analyzer.lexer;

/**
 * One lexical element of a text.
 *
 * @param sort what it is
 * @param text a word folded to lower case, an identifier or a literal decoded, an operator as written
 * @param position 1-based character offset of its first character
 */
public record Token(Sort sort, String text, int position) {

    /** The sorts of token. */
    public enum Sort {
        /** An unquoted identifier or key word. */
        WORD,
        /** A quoted identifier. */
        QUOTED,
        STRING,
        NUMBER,
        /** {@code $1}. */
        PARAMETER,
        OPERATOR,
        /** One of {@code ( ) [ ] , ; . :} */
        MARK,
        /** The end of the text. */
        END
    }

    public boolean is(Sort other, String expected) {
        return sort == other && text.equals(expected);
    }

    public boolean isWord(String word) {
        return is(Sort.WORD, word);
    }

    public boolean isMark(String mark) {
        return is(Sort.MARK, mark);
    }

    public boolean isOperator(String operator) {
        return is(Sort.OPERATOR, operator);
    }
}
