package dev.gatehouse.analyzer.lexer;

/**
 * One lexical element of a text.
 *
 * @param sort what it is
 * @param text a word folded to lower case, an identifier or a literal decoded, an operator as written
 * @param position 1-based character offset of its first character
 * @param written a word or a variable as the client wrote it, for MySQL keeps the case of names; else the same as {@code
 *     text}
 */
public record Token(Sort sort, String text, int position, String written) {

    public Token(Sort sort, String text, int position) {
        this(sort, text, position, text);
    }

    /** The sorts of token. */
    public enum Sort {
        /** An unquoted identifier or key word. */
        WORD,
        /** A quoted identifier, or one that stands where MySQL looks for no key words. */
        QUOTED,
        STRING,
        /** A number; MySQL's {@code x'1f'} and {@code b'1'} too, as {@code 0x1f} and {@code 0b1}. */
        NUMBER,
        /** {@code $1}, or the first {@code ?}. */
        PARAMETER,
        /** MySQL's {@code @x} and {@code @@global.x}, folded to lower case. */
        VARIABLE,
        /** MySQL's {@code _utf8} before a literal, folded to lower case. */
        INTRODUCER,
        /** MySQL's {@code /*+ … *}{@code /} after a statement's first word: what stands in it. */
        HINT,
        OPERATOR,
        /** One of {@code ( ) [ ] { } , ; . :} */
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
