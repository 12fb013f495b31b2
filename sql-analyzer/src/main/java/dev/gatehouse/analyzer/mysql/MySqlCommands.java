package dev.gatehouse.analyzer.mysql;

import dev.gatehouse.analyzer.grammar.MySqlReader;
import dev.gatehouse.analyzer.lexer.Bounds;
import dev.gatehouse.analyzer.lexer.MySqlCalls;
import dev.gatehouse.analyzer.lexer.MySqlLexer;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.analyzer.mysql.Syntax.Entry;
import dev.gatehouse.analyzer.tree.Passage;
import dev.gatehouse.analyzer.tree.Verb;
import dev.gatehouse.firewall.statement.Modes;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * Reads the commands of a text of MySQL or MariaDB.
 *
 * <p>Whatever is neither a query nor changes rows becomes a {@link Verb}. Queries, changes of rows and the commands of that
 * sort inside others stay {@link Passage}s, for the grammar.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/9.0/en/sql-statements.html">MySQL: SQL Statements</a>
 * @see <a href="https://mariadb.com/kb/en/sql-statements/">MariaDB: SQL Statements</a>
 */
public final class MySqlCommands {

    private static final Syntax SYNTAX = Syntax.of(
            "expressions", "tables", "objects", "routines", "accounts", "transactions", "session", "show", "server");
    private static final int MAX_TEXTS = 20;

    private final Modes.MySql modes;
    private int texts;

    /**
     * Reads under what the session has set.
     *
     * @param modes how its texts are read
     */
    public MySqlCommands(Modes.MySql modes) {
        this.modes = modes;
    }

    /**
     * Reads every command.
     *
     * @param tokens of the whole text, with their end
     * @return none for an empty text
     * @throws Unreadable if one is not understood
     */
    public List<SqlNode> read(List<Token> tokens) {
        return split(tokens).stream().map(this::one).toList();
    }

    /**
     * Cuts a text at the semicolons that end a command: not those inside routines. What cannot be read is cut at each.
     *
     * @param tokens of the whole text, with their end
     * @return the tokens of each command, with an end
     */
    public List<List<Token>> split(List<Token> tokens) {
        List<List<Token>> commands = new ArrayList<>();
        int at = 0;
        while (tokens.get(at).sort() != Sort.END) {
            if (tokens.get(at).isMark(";")) {
                at++;
                continue;
            }
            Bounds.checkCommands(commands.size(), tokens.get(at).position());
            int end = end(tokens, at);
            List<Token> command = new ArrayList<>(tokens.subList(at, end));
            command.add(new Token(Sort.END, "", tokens.get(end).position()));
            commands.add(command);
            at = end;
        }
        return commands;
    }

    private int end(List<Token> tokens, int start) {
        Matching matching = new Matching(this, tokens, start);
        if (matching.alone(Terminal.STATEMENT) != null && matching.atEnd()) {
            return matching.at();
        }
        int end = start;
        while (tokens.get(end).sort() != Sort.END && !tokens.get(end).isMark(";")) {
            end++;
        }
        return end;
    }

    /**
     * Reads one command, which must be all there is.
     *
     * @throws Unreadable if it is not understood
     */
    public SqlNode one(List<Token> tokens) {
        Matching matching = new Matching(this, tokens, 0);
        SqlNode node = matching.alone(Terminal.STATEMENT);
        if (node == null || matching.peek().sort() != Sort.END) {
            throw matching.unexpected();
        }
        // What a body does is not told, but what the server would not read is not taken either.
        matching.code().forEach(passage -> MySqlReader.read(passage.tokens().all(), modes));
        return node;
    }

    /** Reads the command in a literal. Its pieces keep their distance: some names are calls only right before a parenthesis. */
    SqlNode inside(Token literal) {
        texts++;
        if (texts > MAX_TEXTS) {
            throw new Unreadable("commands in literals nested too deeply", literal.position());
        }
        List<Token> tokens = MySqlLexer.read(literal.text(), modes).stream()
                .map(token ->
                        new Token(token.sort(), token.text(), literal.position() + token.position(), token.written()))
                .toList();
        List<SqlNode> commands = read(tokens);
        if (commands.size() != 1) {
            throw new Unreadable("a literal that holds not just one command", literal.position());
        }
        return commands.get(0);
    }

    boolean isName(Token token, Token next) {
        return Words.isName(token, modes.isMariaDb()) && !MySqlCalls.begin(token, next, modes);
    }

    Modes.MySql modes() {
        return modes;
    }

    /** Matches what comes next with each form of command that begins with its word. */
    @Nullable
    Verb match(Matching matching) {
        Token first = matching.peek();
        Verb verb = first.sort() == Sort.WORD ? match(matching, first, first.text()) : null;
        return verb == null ? match(matching, first, "") : verb;
    }

    private static @Nullable Verb match(Matching matching, Token first, String word) {
        for (Entry entry : SYNTAX.beginningWith(word)) {
            Matching.Place start = matching.place();
            if (entry.pattern().match(matching) && matching.atEnd()) {
                return new Verb(
                        Matching.at(first),
                        entry.verb(),
                        entry.object(),
                        matching.parts(start),
                        List.of(),
                        matching.traits(start));
            }
            matching.back(start);
        }
        return null;
    }
}
