package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.analyzer.lexer.Bounds;
import dev.gatehouse.analyzer.lexer.MySqlLexer;
import dev.gatehouse.analyzer.lexer.PgLexer;
import dev.gatehouse.analyzer.lexer.PgWords;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.analyzer.mysql.MySqlCommands;
import dev.gatehouse.analyzer.verb.VerbReader;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Dialect;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.firewall.statement.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a whole text: cuts it into commands and has each one read by what its first word says. */
final class CommandReader {

    /**
     * What became of a text.
     *
     * @param analysis what it means
     * @param blind whether every text that differs only in literals means the same
     * @param missing whether it names something the catalog does not have
     */
    record Reading(Analysis analysis, boolean blind, boolean missing) {

        static Reading opaque(String reason, int position) {
            return new Reading(new Analysis.Opaque(reason, position), false, false);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(CommandReader.class);

    /** Commands whose doing the text does not show. */
    private static final Set<Kind> UNSEEN = Set.of(Kind.CALL, Kind.DO, Kind.EXECUTE, Kind.UNKNOWN);

    private boolean blind = true;
    private boolean missing;

    private CommandReader() {}

    /** Reads a text; never throws. */
    static Reading read(byte[] sql, Snapshot snapshot, Scope scope) {
        try {
            CommandReader reader = new CommandReader();
            List<Command> commands = new ArrayList<>();
            Scope now = scope;
            boolean moved = false;
            for (List<Token> tokens : commands(sql, scope.modes())) {
                if (moved) {
                    throw cutOtherwise(tokens);
                }
                Command command = reader.command(tokens, snapshot, now);
                commands.add(command);
                moved = movesLexing(command, scope);
                now = after(command, now);
            }
            // Behind a literal, commands stand elsewhere when it is longer; on MySQL a text may be cut where one
            // begins.
            boolean blind = reader.blind && (commands.size() == 1 || scope.dialect() != Dialect.MYSQL);
            return new Reading(new Analysis.Understood(commands), blind, reader.missing);
        } catch (Unreadable e) {
            return Reading.opaque(e.reason(), e.position());
        } catch (StackOverflowError e) {
            return Reading.opaque("a statement that is nested too deeply", 0);
        }
    }

    private static List<List<Token>> commands(byte[] sql, Modes modes) {
        if (modes instanceof Modes.PostgreSql pg) {
            return split(PgLexer.read(sql, pg.standardConformingStrings()));
        }
        if (modes instanceof Modes.MySql my) {
            return new MySqlCommands(my).split(MySqlLexer.read(sql, my));
        }
        throw new Unreadable("a session whose settings are not known", 0);
    }

    /**
     * Reads each command of a text, whatever becomes of the others.
     *
     * @throws Unreadable if the text is malformed
     */
    static List<StatementAccount> each(byte[] sql, Snapshot snapshot, Scope scope) {
        List<List<Token>> commands;
        try {
            commands = commands(sql, scope.modes());
        } catch (Unreadable e) {
            if (e.isMalformed()) {
                throw e;
            }
            return List.of(StatementAccount.opaque(e.reason(), e.position()));
        }
        List<StatementAccount> accounts = new ArrayList<>();
        Scope now = scope;
        boolean moved = false;
        for (List<Token> tokens : commands) {
            if (moved) {
                Unreadable reason = cutOtherwise(tokens);
                accounts.add(StatementAccount.opaque(reason.reason(), reason.position()));
                continue;
            }
            StatementAccount account = one(tokens, snapshot, now);
            accounts.add(account);
            moved = account.analysis()
                    .match(understood -> movesLexing(understood.commands().get(0), scope), opaque -> false);
            Scope before = now;
            now = account.analysis()
                    .match(understood -> after(understood.commands().get(0), before), opaque -> withoutPath(before));
        }
        return accounts;
    }

    private static StatementAccount one(List<Token> tokens, Snapshot snapshot, Scope scope) {
        try {
            Job job = new Job(tokens, snapshot, scope);
            Command command = Temporaries.noted(read(job, tokens.get(0)), tokens, scope);
            return StatementAccount.of(command, job.layer(), Spelling.bare(command, tokens, snapshot, scope));
        } catch (Unreadable e) {
            return StatementAccount.opaque(e.reason(), e.position());
        } catch (StackOverflowError e) {
            return StatementAccount.opaque("a statement that is nested too deeply", 0);
        } catch (RuntimeException e) {
            LOG.error("A statement broke the analyzer", e);
            return StatementAccount.opaque("a form of SQL that is not known here", 0);
        }
    }

    /** Whether the names in what follows may mean other tables. The end of a transaction takes settings back. */
    private static boolean movesNames(Command command, Scope scope) {
        boolean moved = !command.complete() || command.changes().contains(Command.Change.SEARCH_PATH);
        if (moved || scope.dialect() == Dialect.MYSQL) {
            return moved;
        }
        return command.kinds().contains(Kind.COMMIT) || command.kinds().contains(Kind.ROLLBACK);
    }

    /**
     * Whether what follows in the same text may be cut into tokens in another way. PostgreSQL cuts a whole text before it
     * runs any of it; MySQL cuts each command when the one before it has run.
     */
    private static boolean movesLexing(Command command, Scope scope) {
        return scope.dialect() == Dialect.MYSQL
                && (command.changes().contains(Command.Change.LEXING)
                        || command.kinds().stream().anyMatch(UNSEEN::contains));
    }

    private static Unreadable cutOtherwise(List<Token> tokens) {
        return new Unreadable(
                "a command after one that may change how text is read",
                tokens.get(0).position());
    }

    /** What the next command of a text is read under. */
    private static Scope after(Command command, Scope scope) {
        return movesNames(command, scope) ? withoutPath(scope) : scope.after(command);
    }

    private static Scope withoutPath(Scope scope) {
        return new Scope(scope.upstream(), scope.database(), scope.username(), Optional.empty(), scope.modes());
    }

    private Command command(List<Token> tokens, Snapshot snapshot, Scope scope) {
        boolean literals = tokens.stream().anyMatch(t -> t.sort() == Sort.STRING || t.sort() == Sort.NUMBER);
        boolean values = scope.modes() instanceof Modes.MySql ? MySqlValues.areAll(tokens) : isQuery(tokens.get(0));
        boolean[] exact = {literals && !values};
        Command read = read(tokens, snapshot, scope, () -> exact[0] = true, () -> missing = true);
        Command command = Temporaries.noted(read, tokens, scope);
        blind &= !exact[0];
        return command;
    }

    /**
     * Reads one command.
     *
     * @param exact told when the meaning depends on a literal's value
     * @param missing told when a name is not in the catalog
     */
    static Command read(List<Token> tokens, Snapshot snapshot, Scope scope, Runnable exact, Runnable missing) {
        Job job = new Job(tokens, snapshot, scope);
        Command command = read(job, tokens.get(0));
        if (job.findings.isExact()) {
            exact.run();
        }
        if (job.findings.isMissingNames()) {
            missing.run();
        }
        return command;
    }

    private static Command read(Job job, Token first) {
        if (job.scope.modes() instanceof Modes.MySql modes) {
            return job.command(new MySqlCommands(modes).one(job.cursor.all()));
        }
        if (isQuery(first)) {
            return job.query();
        }
        job.layer(Layer.VERB);
        return VerbAccount.of(VerbReader.read(job.cursor), job);
    }

    private static boolean isQuery(Token first) {
        return first.isMark("(")
                || (first.sort() == Sort.WORD
                        && (PgWords.QUERY.contains(first.text()) || PgWords.WRITE.contains(first.text())));
    }

    /** Cuts at the semicolons that are neither in parentheses nor in a routine's body; empty commands are left out. */
    private static List<List<Token>> split(List<Token> tokens) {
        List<List<Token>> commands = new ArrayList<>();
        List<Token> command = new ArrayList<>();
        int depth = 0;
        int blocks = 0;
        for (Token token : tokens) {
            depth += token.isMark("(") ? 1 : token.isMark(")") ? -1 : 0;
            blocks = blocks(blocks, token, command);
            boolean ends = token.sort() == Sort.END || (token.isMark(";") && depth == 0 && blocks == 0);
            if (!ends) {
                command.add(token);
            } else if (!command.isEmpty()) {
                Bounds.checkCommands(commands.size(), command.get(0).position());
                command.add(new Token(Sort.END, "", token.position()));
                commands.add(command);
                command = new ArrayList<>();
            }
        }
        return commands;
    }

    /** How many of BEGIN ATOMIC, and of CASE in it, wait for their END once this token is read too. */
    private static int blocks(int open, Token token, List<Token> before) {
        if (open > 0) {
            return open + (token.isWord("case") ? 1 : token.isWord("end") ? -1 : 0);
        }
        boolean begins = token.isWord("atomic")
                && before.size() > 2
                && before.get(before.size() - 1).isWord("begin");
        return begins && before.get(0).isWord("create") ? 1 : 0;
    }
}
