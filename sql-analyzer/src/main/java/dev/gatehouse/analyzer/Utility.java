package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.lexer.Cursor;
import dev.gatehouse.analyzer.lexer.PgLexer;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Command.Change;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Output;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads every command that is neither a query nor writes rows, by its verb.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-commands.html">SQL Commands</a>
 */
final class Utility {

    private static final Map<String, Function<Job, Command>> VERBS = verbs();

    private Utility() {}

    private static Map<String, Function<Job, Command>> verbs() {
        Map<String, Function<Job, Command>> verbs = new HashMap<>();
        verbs.put("begin", job -> job.silent(Kind.BEGIN));
        verbs.put("start", Utility::start);
        verbs.put("commit", job -> job.silent(Kind.COMMIT));
        verbs.put("end", job -> job.silent(Kind.COMMIT));
        verbs.put("rollback", job -> job.silent(Kind.ROLLBACK));
        verbs.put("abort", job -> job.silent(Kind.ROLLBACK));
        verbs.put("savepoint", job -> job.silent(Kind.SAVEPOINT));
        verbs.put("release", job -> job.silent(Kind.SAVEPOINT));
        verbs.put("set", Utility::set);
        verbs.put("reset", Utility::reset);
        verbs.put("show", Utility::show);
        verbs.put("discard", Utility::discard);
        verbs.put("listen", job -> job.silent(Kind.LISTEN));
        verbs.put("unlisten", job -> job.silent(Kind.LISTEN));
        verbs.put("notify", job -> job.silent(Kind.NOTIFY));
        verbs.put("deallocate", job -> job.silent(Kind.DEALLOCATE));
        verbs.put("close", job -> job.silent(Kind.SELECT));
        verbs.put("move", job -> job.silent(Kind.SELECT));
        verbs.put("fetch", job -> job.command(Kind.SELECT, Optional.empty(), true));
        verbs.put("lock", TableVerbs::lock);
        verbs.put("vacuum", job -> TableVerbs.maintain(job, Kind.VACUUM));
        verbs.put("analyze", job -> TableVerbs.maintain(job, Kind.ANALYZE));
        verbs.put("analyse", job -> TableVerbs.maintain(job, Kind.ANALYZE));
        verbs.put("cluster", job -> TableVerbs.unnamed(job, Kind.VACUUM));
        verbs.put("reindex", job -> TableVerbs.unnamed(job, Kind.VACUUM));
        verbs.put("checkpoint", job -> job.silent(Kind.VACUUM));
        verbs.put("truncate", TableVerbs::truncate);
        verbs.put("drop", TableVerbs::drop);
        verbs.put("alter", TableVerbs::alter);
        verbs.put("comment", job -> TableVerbs.define(job, Kind.COMMENT));
        verbs.put("security", job -> TableVerbs.define(job, Kind.COMMENT));
        verbs.put("grant", job -> TableVerbs.unnamed(job, Kind.GRANT));
        verbs.put("revoke", job -> TableVerbs.unnamed(job, Kind.REVOKE));
        verbs.put("refresh", job -> TableVerbs.unnamed(job, Kind.ALTER));
        verbs.put("import", job -> TableVerbs.define(job, Kind.CREATE));
        verbs.put("do", job -> TableVerbs.unnamed(job, Kind.DO));
        verbs.put("call", job -> TableVerbs.opaqueRows(job, Kind.CALL));
        verbs.put("execute", job -> TableVerbs.opaqueRows(job, Kind.EXECUTE));
        verbs.put("create", WrappingVerbs::create);
        verbs.put("explain", WrappingVerbs::explain);
        verbs.put("prepare", WrappingVerbs::prepare);
        verbs.put("declare", WrappingVerbs::declare);
        verbs.put("copy", CopyVerb::copy);
        return Map.copyOf(verbs);
    }

    static Command read(Job job) {
        Token verb = job.cursor.next();
        Function<Job, Command> reader = verb.sort() == Sort.WORD ? VERBS.get(verb.text()) : null;
        if (reader == null) {
            throw new Unreadable("a command that begins with " + PgLexer.describe(verb), verb.position());
        }
        return reader.apply(job);
    }

    private static Command start(Job job) {
        job.cursor.expect("transaction");
        return job.silent(Kind.BEGIN);
    }

    private static Command set(Job job) {
        Cursor cursor = job.cursor;
        boolean session = cursor.accept("session");
        if (!session) {
            cursor.accept("local");
        }
        if (session && cursor.accept("characteristics")) {
            return job.silent(Kind.SET);
        }
        if (cursor.accept("authorization")) {
            job.findings.change(Change.SEARCH_PATH);
            return job.silent(Kind.SET);
        }
        Token name = cursor.label();
        boolean dotted = cursor.atMark(".");
        if (!dotted) {
            Settings.change(name.text()).ifPresent(job.findings::change);
        }
        return job.silent(Kind.SET);
    }

    private static Command reset(Job job) {
        Token name = job.cursor.label();
        Settings.change(name.text()).ifPresent(job.findings::change);
        if (name.isWord("all")) {
            job.findings.change(Change.LEXING);
        }
        if (name.isWord("session")) {
            job.findings.change(Change.SEARCH_PATH);
        }
        return job.silent(Kind.RESET);
    }

    private static Command discard(Job job) {
        if (job.cursor.atWord("all")) {
            job.findings.change(Change.SEARCH_PATH);
            job.findings.change(Change.LEXING);
        } else if (job.cursor.atWord(Set.of("temp", "temporary"))) {
            job.findings.change(Change.CATALOG);
        }
        return job.silent(Kind.RESET);
    }

    private static Command show(Job job) {
        Token name = job.cursor.label();
        if (name.isWord("all")) {
            List<Output> columns = List.of(plain("name"), plain("setting"), plain("description"));
            return job.command(Kind.SHOW, Optional.of(columns), true);
        }
        return job.command(Kind.SHOW, Optional.of(List.of(plain(name.text()))), true);
    }

    /** A result column that holds nothing of any table. */
    static Output plain(String name) {
        return new Output(name, Set.of(), true);
    }
}
