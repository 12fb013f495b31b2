package dev.gatehouse.analyzer.lexer;

import dev.gatehouse.analyzer.lexer.Token.Sort;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts PostgreSQL text into tokens exactly as the server does, so that no parser behind it can be misled by comments,
 * quotes or escapes. What it is not sure of it does not read.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html">Lexical Structure</a>
 */
public final class PgLexer {

    static final int MAX_NESTING = 200;
    private static final int MAX_IDENTIFIER_BYTES = 63;
    private static final String OPERATOR_CHARACTERS = "~!@#^&|`?+-*/%<>=";
    private static final String FREE_ENDING = "~!@#^&|`?%";

    private final String text;
    private final boolean plainBackslash;
    private final List<Token> tokens = new ArrayList<>();
    private final Offsets offsets;
    private final PgQuotes quotes;
    private int at;
    private int nesting;

    private PgLexer(String text, boolean plainBackslash) {
        this.text = text;
        this.plainBackslash = plainBackslash;
        this.offsets = new Offsets(text);
        this.quotes = new PgQuotes(text, offsets::of);
    }

    /**
     * Cuts a text.
     *
     * @param sql UTF-8
     * @param standardConformingStrings whether a backslash in {@code '…'} is an ordinary character
     * @return the tokens, the last one of sort {@link Sort#END}
     * @throws Unreadable if any of it is malformed
     */
    public static List<Token> read(byte[] sql, boolean standardConformingStrings) {
        return read(decode(sql), standardConformingStrings);
    }

    public static List<Token> read(String sql, boolean standardConformingStrings) {
        PgLexer lexer = new PgLexer(sql, standardConformingStrings);
        lexer.readAll();
        return lexer.tokens;
    }

    /** The text these bytes are in UTF-8. */
    static String decode(byte[] sql) {
        Bounds.checkLength(sql);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(sql))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Unreadable.malformed("the text is not valid UTF-8", 0);
        }
    }

    private void readAll() {
        while (skipBlanks()) {
            int start = at;
            refuseNul(at);
            Token token = next(text.charAt(at), position(at));
            if (at == start) {
                throw new Unreadable("an unexpected character", position(at));
            }
            Bounds.checkDigits(token);
            tokens.add(token);
            Bounds.checkCount(tokens);
        }
        tokens.add(new Token(Sort.END, "", position(text.length())));
    }

    /** Skips white space and comments; false at the end of the text. */
    private boolean skipBlanks() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
                at++;
            } else if (text.startsWith("--", at)) {
                at = endOfLine(at);
            } else if (text.startsWith("/*", at)) {
                at = endOfComment(at);
            } else {
                return true;
            }
        }
        return false;
    }

    private int endOfLine(int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            refuseNul(end);
            end++;
        }
        return end;
    }

    private int endOfComment(int from) {
        int depth = 0;
        int i = from;
        while (i < text.length()) {
            refuseNul(i);
            if (text.startsWith("/*", i)) {
                depth++;
                i += 2;
            } else if (text.startsWith("*/", i)) {
                depth--;
                i += 2;
                if (depth == 0) {
                    return i;
                }
            } else {
                i++;
            }
        }
        throw Unreadable.malformed("a comment that does not end", position(from));
    }

    private void refuseNul(int index) {
        if (text.charAt(index) == 0) {
            throw Unreadable.malformed("a zero byte", position(index));
        }
    }

    private Token next(char c, int position) {
        char following = at + 1 < text.length() ? text.charAt(at + 1) : 0;
        if (c == '\'') {
            return string(plainBackslash ? PgQuotes.Mode.PLAIN : PgQuotes.Mode.ESCAPES, 0, position);
        }
        if (c == '"') {
            return quotedIdentifier(position);
        }
        if (c == '$') {
            return dollar(following, position);
        }
        if (isDigit(c) || (c == '.' && isDigit(following))) {
            return number(position);
        }
        if (isIdentifierStart(c)) {
            return prefixed(c, following, position);
        }
        if ("()[],;.:".indexOf(c) >= 0) {
            return mark(c, following, position);
        }
        return operator(position);
    }

    /** A word, or one of the literals that begin with letters. */
    private Token prefixed(char c, char following, int position) {
        char lower = Character.toLowerCase(c);
        if (following == '\'') {
            if (lower == 'e') {
                return string(PgQuotes.Mode.ESCAPES, 1, position);
            }
            if (lower == 'b' || lower == 'x') {
                return string(PgQuotes.Mode.PLAIN, 1, position);
            }
            if (lower == 'n') {
                return string(plainBackslash ? PgQuotes.Mode.PLAIN : PgQuotes.Mode.ESCAPES, 1, position);
            }
        }
        if (lower == 'u' && following == '&' && at + 2 < text.length()) {
            if (text.charAt(at + 2) == '"') {
                return unicodeIdentifier(position);
            }
            if (text.charAt(at + 2) == '\'') {
                if (!plainBackslash) {
                    throw new Unreadable("U&'…' with standard_conforming_strings off", position);
                }
                return unicodeString(position);
            }
        }
        return word(position);
    }

    private Token string(PgQuotes.Mode mode, int prefix, int position) {
        String value = quotes.string(at + prefix, mode);
        at = quotes.end();
        return new Token(Sort.STRING, value, position);
    }

    private Token unicodeString(int position) {
        String raw = quotes.string(at + 2, PgQuotes.Mode.PLAIN);
        at = quotes.end();
        return new Token(Sort.STRING, PgUnicode.decode(raw, escape(), position), position);
    }

    private Token quotedIdentifier(int position) {
        String value = quotes.identifier(at);
        at = quotes.end();
        return new Token(Sort.QUOTED, identifier(value, position), position);
    }

    private Token unicodeIdentifier(int position) {
        String raw = quotes.identifier(at + 2);
        at = quotes.end();
        return new Token(Sort.QUOTED, identifier(PgUnicode.decode(raw, escape(), position), position), position);
    }

    /** The character that begins escapes in what was read last: a backslash, or what UESCAPE after it says. */
    private char escape() {
        int after = at;
        if (!skipBlanks() || !isUescape()) {
            at = after;
            return '\\';
        }
        at += "uescape".length();
        int open = skipBlanks() ? at : text.length();
        if (open >= text.length() || text.charAt(open) != '\'') {
            throw Unreadable.malformed("UESCAPE without its character", position(after));
        }
        String escape = quotes.string(open, PgQuotes.Mode.PLAIN);
        at = quotes.end();
        return PgUnicode.escape(escape, position(open));
    }

    private boolean isUescape() {
        int end = at + "uescape".length();
        return text.regionMatches(true, at, "uescape", 0, "uescape".length())
                && (end == text.length() || !isIdentifierPart(text.charAt(end)));
    }

    private Token dollar(char following, int position) {
        if (isDigit(following)) {
            int end = at + 1;
            while (end < text.length() && isDigit(text.charAt(end))) {
                end++;
            }
            refuseTrailingJunk(end);
            String number = text.substring(at + 1, end);
            at = end;
            return new Token(Sort.PARAMETER, number, position);
        }
        String value = quotes.dollarString(at);
        at = quotes.end();
        return new Token(Sort.STRING, value, position);
    }

    private Token number(int position) {
        int start = at;
        at = PgNumbers.end(text, at);
        refuseTrailingJunk(at);
        if (text.startsWith("..", at) || text.startsWith("..", at - 1)) {
            throw new Unreadable("two dots after a number", position);
        }
        return new Token(Sort.NUMBER, text.substring(start, at), position);
    }

    private void refuseTrailingJunk(int end) {
        if (end < text.length() && isIdentifierPart(text.charAt(end))) {
            throw new Unreadable("letters right after a number", position(end));
        }
    }

    private Token word(int position) {
        int end = at + 1;
        while (end < text.length() && isIdentifierPart(text.charAt(end))) {
            end++;
        }
        StringBuilder folded = new StringBuilder(end - at);
        for (int i = at; i < end; i++) {
            char c = text.charAt(i);
            folded.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        at = end;
        return new Token(Sort.WORD, identifier(folded.toString(), position), position);
    }

    /** Cuts a name to the server's limit. */
    private static String identifier(String name, int position) {
        if (name.isEmpty()) {
            throw new Unreadable("an empty name", position);
        }
        int end = 0;
        int bytes = 0;
        while (end < name.length()) {
            int point = name.codePointAt(end);
            bytes += bytes(point);
            if (bytes > MAX_IDENTIFIER_BYTES) {
                break;
            }
            end += Character.charCount(point);
        }
        return name.substring(0, end);
    }

    /** How many bytes a character has in UTF-8. */
    private static int bytes(int point) {
        if (point < 0x80) {
            return 1;
        }
        if (point < 0x800) {
            return 2;
        }
        return point < 0x1_0000 ? 3 : 4;
    }

    private Token mark(char c, char following, int position) {
        String pair = c + String.valueOf(following);
        if (pair.equals("::") || pair.equals(":=")) {
            at += 2;
            return new Token(Sort.OPERATOR, pair, position);
        }
        if (pair.equals("..")) {
            throw new Unreadable("two dots", position);
        }
        if (c == '(' || c == '[') {
            nesting++;
            if (nesting > MAX_NESTING) {
                throw new Unreadable("parentheses nested deeper than " + MAX_NESTING, position);
            }
        } else if (c == ')' || c == ']') {
            nesting--;
        }
        at++;
        return new Token(Sort.MARK, String.valueOf(c), position);
    }

    private Token operator(int position) {
        int end = at;
        while (end < text.length() && OPERATOR_CHARACTERS.indexOf(text.charAt(end)) >= 0) {
            if (end > at && (text.startsWith("--", end) || text.startsWith("/*", end))) {
                break;
            }
            end++;
        }
        String run = text.substring(at, end);
        boolean mayEndInSign = run.chars().anyMatch(c -> FREE_ENDING.indexOf(c) >= 0);
        while (run.length() > 1 && !mayEndInSign && (run.endsWith("+") || run.endsWith("-"))) {
            run = run.substring(0, run.length() - 1);
        }
        at += run.length();
        return new Token(Sort.OPERATOR, run, position);
    }

    private int position(int index) {
        return offsets.of(index);
    }

    public static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    public static boolean isIdentifierStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }

    public static boolean isIdentifierPart(char c) {
        return isIdentifierStart(c) || isDigit(c) || c == '$';
    }

    /** The name of a token's sort, for messages. */
    public static String describe(Token token) {
        return switch (token.sort()) {
            case WORD, INTRODUCER -> token.text().toUpperCase(Locale.ROOT);
            case OPERATOR, MARK -> token.text();
            case VARIABLE -> "a variable";
            case HINT -> "a hint";
            case QUOTED -> "\"" + token.text() + "\"";
            case STRING -> "a string";
            case NUMBER -> "a number";
            case PARAMETER -> "parameter " + token.text();
            case END -> "the end";
        };
    }
}
