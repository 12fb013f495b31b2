package dev.gatehouse.analyzer.lexer;

import dev.gatehouse.analyzer.lexer.Token.Sort;
import java.util.Set;

/**
 * Reads user and system variables, and the host after a user's name, which begins the same.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/9.0/en/user-variables.html">User-Defined Variables</a>
 */
final class MySqlVariables {

    private static final Set<String> SCOPES = Set.of("global", "session", "local", "persist", "persist_only");

    private final String text;
    private final MySqlQuotes quotes;
    private final boolean ansiQuotes;
    private final Offsets offsets;
    private int end;

    MySqlVariables(String text, MySqlQuotes quotes, boolean ansiQuotes, Offsets offsets) {
        this.text = text;
        this.quotes = quotes;
        this.ansiQuotes = ansiQuotes;
        this.offsets = offsets;
    }

    /** The index after what was read last. */
    int end() {
        return end;
    }

    /** Reads the variable whose first {@code @} is here. */
    Token read(int start, int position) {
        String name = charAt(start + 1) == '@' ? system(start + 2) : user(start + 1);
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) < ' ' || Character.isSurrogate(name.charAt(i))) {
                throw new Unreadable("a variable with unusual characters", position);
            }
        }
        return new Token(Sort.VARIABLE, MySqlLexer.lower(name), position, name);
    }

    /** {@code @x}, where dots are part of the name, {@code @'x'} or {@code @`x`}. */
    private String user(int start) {
        char c = charAt(start);
        String name;
        if (c == '\'' || c == '"' || c == '`') {
            name = c == '`' || (c == '"' && ansiQuotes) ? quotes.name(start) : quotes.string(start);
            end = quotes.end();
        } else {
            end = start;
            while (MySqlLexer.isNamePart(charAt(end)) || charAt(end) == '.') {
                end++;
            }
            name = text.substring(start, end);
        }
        if (name.isEmpty()) {
            throw new Unreadable("a variable without a name", offsets.of(start));
        }
        return "@" + name;
    }

    /** {@code @@x}, {@code @@global.x}, {@code @@cache.x}. */
    private String system(int start) {
        StringBuilder name = new StringBuilder("@@");
        String first = part(start);
        name.append(first);
        boolean scoped = SCOPES.contains(MySqlLexer.lower(first));
        if (scoped && charAt(end) != '.') {
            throw new Unreadable("a variable without a name", offsets.of(start));
        }
        while (charAt(end) == '.') {
            name.append('.').append(part(end + 1));
        }
        return name.toString();
    }

    private String part(int start) {
        if (charAt(start) == '`') {
            String part = quotes.name(start);
            end = quotes.end();
            return part;
        }
        end = start;
        while (MySqlLexer.isNamePart(charAt(end))) {
            end++;
        }
        if (end == start || MySqlNumbers.isDigit(charAt(start))) {
            throw new Unreadable("a variable without a name", offsets.of(start));
        }
        return text.substring(start, end);
    }

    private char charAt(int index) {
        return index < text.length() ? text.charAt(index) : 0;
    }
}
