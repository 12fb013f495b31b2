package dev.gatehouse.analyzer.verb;

import dev.gatehouse.analyzer.lexer.Cursor;
import dev.gatehouse.analyzer.lexer.PgLexer;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.analyzer.tree.Verb;
import dev.gatehouse.analyzer.verb.Manual.Page;
import java.util.List;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Turns the tokens of a PostgreSQL command that is neither a query nor changes single rows into a {@link Verb}. */
public final class VerbReader {

    private static final Manual MANUAL = Manual.POSTGRESQL;

    private VerbReader() {}

    /**
     * Reads one command, which must be all there is.
     *
     * @throws Unreadable where it is no form the manual knows
     */
    public static Verb read(Cursor cursor) {
        Token first = cursor.peek();
        List<Page> pages = first.sort() == Sort.WORD ? MANUAL.pages(first.text()) : List.of();
        if (pages.isEmpty()) {
            throw new Unreadable("a command that begins with " + PgLexer.describe(first), first.position());
        }
        Attempt attempt = new Attempt(MANUAL, cursor);
        for (Page page : pages) {
            for (Synopsis form : page.forms()) {
                if (attempt.fits(form)) {
                    return attempt.draft().verb(new SqlParserPos(1, first.position()), page.verb(), page.object());
                }
            }
        }
        throw attempt.unexpected();
    }
}
