package dev.gatehouse.analyzer.grammar;

import dev.gatehouse.analyzer.lexer.MySqlCalls;
import dev.gatehouse.analyzer.lexer.PgLexer;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.firewall.statement.Modes;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.SqlNode;

/**
 * Reads a query, or a command that changes rows, of MySQL's or MariaDB's.
 *
 * <p>Every node tells where it stands as line 1 and, in place of the column, the {@link Token#position()} of its first
 * token, so that the token is found again.
 */
public final class MySqlReader {

    private MySqlReader() {}

    /**
     * Whether the name of a function means the one the server has by that name, if it has one. It does not where it is
     * quoted, or too far from its parenthesis, and the server knows the function by its grammar.
     *
     * @param name the token that names it alone
     * @param next the token after it
     */
    public static boolean isOwn(Token name, Token next, Modes.MySql modes) {
        String folded = name.text().toLowerCase(Locale.ROOT);
        boolean grammars = MySqlSignature.isKnown(folded, modes) || MySqlForms.SPECIAL.contains(folded);
        boolean word = name.sort() == Token.Sort.WORD;
        return !grammars || (word && (!MySqlCalls.areSpaced(folded, modes) || MySqlCalls.begin(name, next, modes)));
    }

    /**
     * Reads one command.
     *
     * @param tokens all of it, the last one being the end
     * @return its syntax tree
     * @throws Unreadable if it is none that the grammar knows
     */
    public static SqlNode read(List<Token> tokens, Modes.MySql modes) {
        MySqlParser parser = new MySqlParser(new MySqlTokens(tokens, modes));
        parser.begin(modes);
        try {
            return parser.StatementEof();
        } catch (ParseException e) {
            MySqlToken token = parser.ahead(1);
            throw new Unreadable("unexpected " + PgLexer.describe(token.source()), token.beginColumn);
        } catch (StackOverflowError e) {
            throw new Unreadable("a statement nested too deeply", 0);
        } catch (CalciteException e) {
            throw new Unreadable("a value that cannot be told", parser.ahead(0).beginColumn);
        }
    }
}
