package dev.gatehouse.analyzer.lexer;

import dev.gatehouse.analyzer.lexer.Token.Sort;
import dev.gatehouse.firewall.statement.Modes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Cuts MySQL and MariaDB text into tokens exactly as the server does, so that no parser behind it can be misled by
 * comments, quotes or escapes. What it is not sure of it does not read.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/9.0/en/language-structure.html">Language Structure</a>
 */
public final class MySqlLexer {

    /** The longest alias; other names are shorter. */
    private static final int MAX_NAME = 256;
    /** From this version on MySQL reads text between dollar signs as a string. */
    private static final int DOLLAR_QUOTES = 80032;

    private static final int NO_BACKSLASH_N = 80000;
    private static final Set<String> OPERATORS = Set.of("=", "!", "<", ">", "<=", ">=", "<>", "!=", "<<", ">>", "<=>");

    private final String text;
    private final Modes.MySql modes;
    private final Offsets offsets;
    private final MySqlComments comments;
    private final MySqlQuotes quotes;
    private final MySqlVariables variables;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int nesting;
    private int parameters;

    private MySqlLexer(String text, Modes.MySql modes) {
        this.text = text;
        this.modes = modes;
        this.offsets = new Offsets(text);
        this.comments = new MySqlComments(text, modes, offsets);
        this.quotes = new MySqlQuotes(text, !modes.noBackslashEscapes(), offsets);
        this.variables = new MySqlVariables(text, quotes, modes.ansiQuotes(), offsets);
    }

    /**
     * Cuts a text.
     *
     * @param sql UTF-8
     * @return the tokens, the last one of sort {@link Sort#END}
     * @throws Unreadable if any of it is malformed
     */
    public static List<Token> read(byte[] sql, Modes.MySql modes) {
        return read(PgLexer.decode(sql), modes);
    }

    public static List<Token> read(String sql, Modes.MySql modes) {
        int zero = sql.indexOf('\0');
        if (zero >= 0) {
            throw Unreadable.malformed("a zero byte", sql.codePointCount(0, zero) + 1);
        }
        MySqlLexer lexer = new MySqlLexer(sql, modes);
        lexer.readAll();
        return lexer.tokens;
    }

    private void readAll() {
        at = comments.skip(0);
        while (at < text.length()) {
            next(text.charAt(at), offsets.of(at));
            Bounds.checkCount(tokens);
            at = comments.skip(at);
        }
        add(Sort.END, "", offsets.of(at));
    }

    private void next(char c, int position) {
        if (c == '\'' || (c == '"' && !modes.ansiQuotes())) {
            string(0, position);
        } else if (c == '`' || c == '"') {
            String name = quotes.name(at);
            at = quotes.end();
            addName(Sort.QUOTED, name, position);
        } else if (MySqlNumbers.isDigit(c)) {
            number(MySqlNumbers.end(text, at, position), position);
        } else if (c == '.' && MySqlNumbers.isDigit(charAt(at + 1))) {
            number(MySqlNumbers.fraction(text, at, position), position);
        } else if (isNamePart(c)) {
            prefixed(c, position);
        } else if (c == '.') {
            dot(position);
            qualified();
        } else if (c == '@') {
            tokens.add(variables.read(at, position));
            at = variables.end();
        } else if ("()[]{},;:".indexOf(c) >= 0) {
            mark(c, position);
        } else {
            operator(c, position);
        }
    }

    private void string(int prefix, int position) {
        String value = quotes.string(at + prefix);
        at = quotes.end();
        add(Sort.STRING, value, position);
    }

    /** A word, or one of the literals that begin with a letter. */
    private void prefixed(char c, int position) {
        boolean quoted = charAt(at + 1) == '\'';
        if (quoted && (c == 'n' || c == 'N')) {
            string(1, position);
        } else if (quoted && "xXbB".indexOf(c) >= 0) {
            boolean hexadecimal = c == 'x' || c == 'X';
            String digits = quotes.digits(at + 1, hexadecimal ? 16 : 2);
            at = quotes.end();
            add(Sort.NUMBER, (hexadecimal ? "0x" : "0b") + digits, position);
        } else if (c == '$' && !modes.isMariaDb() && modes.version() >= DOLLAR_QUOTES) {
            throw new Unreadable("a name that begins with $", position);
        } else {
            word(position);
        }
    }

    /** A word: a key word unless a name in the same breath follows a dot. */
    private void word(int position) {
        String written = text.substring(at, nameEnd(at));
        at += written.length();
        String word = lower(written);
        if (isQualifying()) {
            addName(Sort.QUOTED, written, position);
            qualified();
        } else if (MySqlWords.isIntroducer(word, modes, position)) {
            tokens.add(new Token(Sort.INTRODUCER, word, position, written));
        } else {
            checkName(written, position);
            refuseClientCommand(word, position);
            tokens.add(new Token(Sort.WORD, word, position, written));
            hint(word);
        }
    }

    private boolean isQualifying() {
        return charAt(at) == '.' && isNamePart(charAt(at + 1));
    }

    /** The names after a dot, which are never key words and may begin with digits. */
    private void qualified() {
        while (isQualifying()) {
            dot(offsets.of(at));
        }
    }

    private void dot(int position) {
        if (charAt(at + 1) == '.') {
            throw new Unreadable("two dots", position);
        }
        add(Sort.MARK, ".", position);
        at++;
        if (isNamePart(charAt(at))) {
            int start = at;
            at = nameEnd(start);
            addName(Sort.QUOTED, text.substring(start, at), offsets.of(start));
        }
    }

    private void number(int end, int position) {
        int start = at;
        if (end < 0) {
            at = nameEnd(start);
            addName(Sort.QUOTED, text.substring(start, at), position);
            qualified();
        } else if (charAt(end) == '.' && modes.isMariaDb() && charAt(end - 1) == '.') {
            add(Sort.NUMBER, text.substring(start, end - 1), position);
            add(Sort.MARK, "..", offsets.of(end - 1));
            at = end + 1;
        } else if (charAt(end) == '.') {
            throw new Unreadable("two dots after a number", position);
        } else {
            at = end;
            add(Sort.NUMBER, text.substring(start, end), position);
        }
    }

    private void hint(String word) {
        if (!MySqlWords.HINTED.contains(word) || !MySqlWords.readsHints(modes)) {
            return;
        }
        int end = comments.endOfHint(at);
        if (end >= 0) {
            int open = comments.startOfHint(at);
            add(Sort.HINT, text.substring(open + 3, end - 2).trim(), offsets.of(open));
            at = end;
        }
    }

    private void refuseClientCommand(String word, int position) {
        boolean first = tokens.isEmpty() || tokens.get(tokens.size() - 1).isMark(";");
        if (first && word.equals("delimiter")) {
            throw Unreadable.malformed("DELIMITER, which is for clients only", position);
        }
    }

    private void mark(char c, int position) {
        if (c == ':' && charAt(at + 1) == '=') {
            at += 2;
            add(Sort.OPERATOR, ":=", position);
            return;
        }
        if (c == '[' || c == ']') {
            throw Unreadable.malformed("an unexpected character", position);
        }
        if (c == '(' || c == '{') {
            nesting++;
            if (nesting > PgLexer.MAX_NESTING) {
                throw new Unreadable("parentheses nested deeper than " + PgLexer.MAX_NESTING, position);
            }
        } else if (c == ')' || c == '}') {
            nesting--;
        }
        at++;
        add(Sort.MARK, String.valueOf(c), position);
    }

    private void operator(char c, int position) {
        if (c == '?' && !isNamePart(charAt(at + 1))) {
            at++;
            parameters++;
            add(Sort.PARAMETER, String.valueOf(parameters), position);
        } else if (text.startsWith("\\N", at) && (modes.isMariaDb() || modes.version() < NO_BACKSLASH_N)) {
            at += 2;
            tokens.add(new Token(Sort.WORD, "null", position, "\\N"));
        } else {
            String operator = operatorAt(c, position);
            at += operator.length();
            add(Sort.OPERATOR, operator, position);
        }
    }

    private String operatorAt(char c, int position) {
        if ("=!<>".indexOf(c) >= 0) {
            return comparison(c, position);
        }
        if ((c == '&' || c == '|') && charAt(at + 1) == c) {
            return c == '&' ? "&&" : "||";
        }
        if (text.startsWith("->", at) && !modes.isMariaDb()) {
            return text.startsWith("->>", at) ? "->>" : "->";
        }
        if ("+-*/%&|^~".indexOf(c) < 0) {
            throw Unreadable.malformed("an unexpected character", position);
        }
        return String.valueOf(c);
    }

    /** The server takes two or three characters together, whether or not they are an operator then. */
    private String comparison(char c, int position) {
        int end = at + 1;
        if ("=!<>".indexOf(charAt(end)) >= 0) {
            end++;
            if (c == '<' && "=!>".indexOf(charAt(end)) >= 0) {
                end++;
            }
        }
        String operator = text.substring(at, end);
        if (!OPERATORS.contains(operator)) {
            throw new Unreadable("an unknown operator", position);
        }
        return operator;
    }

    private void add(Sort sort, String value, int position) {
        tokens.add(new Token(sort, value, position));
    }

    private void addName(Sort sort, String name, int position) {
        checkName(name, position);
        add(sort, name, position);
    }

    /** Refuses what no name may hold. */
    private static void checkName(String name, int position) {
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw new Unreadable("a name that is empty or too long", position);
        }
        if (name.chars().anyMatch(c -> c < ' ' || c == 0x7F || Character.isSurrogate((char) c))) {
            throw new Unreadable("a name with unusual characters", position);
        }
    }

    private int nameEnd(int start) {
        int end = start;
        while (end < text.length() && isNamePart(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** The character there; a zero, which no text holds, past the end. */
    private char charAt(int index) {
        return index < text.length() ? text.charAt(index) : 0;
    }

    /** Folds as key words are: only the letters of ASCII. */
    static String lower(String name) {
        StringBuilder folded = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            folded.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return folded.toString();
    }

    static boolean isNamePart(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || MySqlNumbers.isDigit(c)
                || c == '_'
                || c == '$'
                || c >= 0x80;
    }
}
