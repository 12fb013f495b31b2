package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.lexer.Cursor;
import dev.gatehouse.analyzer.lexer.PgWords;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Command.Change;
import dev.gatehouse.firewall.statement.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the commands that hold another one: EXPLAIN, PREPARE, DECLARE, and what makes tables and views out of queries. */
final class WrappingVerbs {

    private static final Set<String> TABLE_WORDS =
            Set.of("global", "local", "temporary", "temp", "unlogged", "foreign", "or", "replace", "recursive");

    private WrappingVerbs() {}

    static Command explain(Job job) {
        Cursor cursor = job.cursor;
        if (cursor.atMark("(") && !startsQuery(cursor.peek(1))) {
            cursor.skipParentheses();
        }
        if (!cursor.accept("analyze")) {
            cursor.accept("analyse");
        }
        cursor.accept("verbose");
        Command inner = job.inner(cursor.rest());
        job.adopt(inner, false);
        return job.command(Kind.EXPLAIN, Optional.of(List.of(Utility.plain("QUERY PLAN"))), inner.limited());
    }

    private static boolean startsQuery(Token token) {
        return token.isMark("(") || (token.sort() == Sort.WORD && PgWords.QUERY.contains(token.text()));
    }

    static Command prepare(Job job) {
        Cursor cursor = job.cursor;
        if (cursor.accept("transaction")) {
            return job.silent(Kind.COMMIT);
        }
        cursor.name();
        if (cursor.atMark("(")) {
            cursor.skipParentheses();
        }
        cursor.expect("as");
        Command inner = job.inner(cursor.rest());
        job.adopt(inner, false);
        return job.command(Kind.PREPARE, Optional.of(List.of()), inner.limited());
    }

    static Command declare(Job job) {
        Cursor cursor = job.cursor;
        cursor.name();
        while (!cursor.atWord("cursor")) {
            if (cursor.next().sort() != Sort.WORD) {
                throw cursor.unexpected();
            }
        }
        cursor.expect("cursor");
        if (cursor.accept("with") || cursor.accept("without")) {
            cursor.expect("hold");
        }
        cursor.expect("for");
        Command inner = job.inner(cursor.rest());
        job.adopt(inner, false);
        job.findings.change(Change.CURSOR);
        return job.command(inner.verb(), Optional.of(List.of()), inner.limited());
    }

    static Command create(Job job) {
        job.findings.change(Change.CATALOG);
        Cursor cursor = job.cursor;
        while (cursor.atWord(TABLE_WORDS)) {
            cursor.next();
        }
        boolean materialized = cursor.accept("materialized");
        if (cursor.accept("view") || (!materialized && cursor.accept("table"))) {
            return relation(job);
        }
        if (cursor.accept("unique")) {
            cursor.expect("index");
            return index(job);
        }
        return cursor.accept("index") ? index(job) : TableVerbs.unnamed(job, Kind.CREATE);
    }

    private static Command relation(Job job) {
        Cursor cursor = job.cursor;
        cursor.acceptWords("if", "not", "exists");
        List<Token> name = job.chain();
        job.findings.writes(job.names.made(name), name.get(0).position());
        while (!cursor.atEnd() && !(cursor.atWord("as") && startsQuery(cursor.peek(1)))) {
            boolean calls = (cursor.atMark("(") && mayCall(cursor)) || isCalling(cursor.peek());
            if (calls || cursor.atWords("as", "execute")) {
                job.findings.incomplete();
            }
            if (cursor.atMark("(")) {
                cursor.skipParentheses();
            } else {
                cursor.next();
            }
        }
        if (cursor.accept("as")) {
            job.adopt(job.inner(withoutTail(cursor)), true);
        }
        return job.silent(Kind.CREATE);
    }

    private static boolean mayCall(Cursor cursor) {
        int mark = cursor.mark();
        boolean calls = cursor.parentheses().remaining().stream().anyMatch(WrappingVerbs::isCalling);
        cursor.reset(mark);
        return calls;
    }

    private static boolean isCalling(Token token) {
        return token.sort() == Sort.WORD && TableVerbs.MAY_CALL.contains(token.text());
    }

    /** The query up to WITH DATA or WITH CHECK OPTION. */
    private static Cursor withoutTail(Cursor cursor) {
        int start = cursor.mark();
        int end = start;
        while (!cursor.atEnd()) {
            boolean tail = cursor.atWords("with", "data")
                    || cursor.atWords("with", "no", "data")
                    || cursor.atWords("with", "check", "option")
                    || cursor.atWords("with", "local", "check", "option")
                    || cursor.atWords("with", "cascaded", "check", "option");
            if (tail) {
                break;
            }
            cursor.next();
            end = cursor.mark();
        }
        cursor.reset(end);
        return cursor.since(start);
    }

    private static Command index(Job job) {
        Cursor cursor = job.cursor;
        while (!cursor.atWord("on")) {
            if (cursor.atEnd()) {
                throw cursor.unexpected();
            }
            cursor.next();
        }
        cursor.expect("on");
        cursor.accept("only");
        job.writes();
        boolean plain = cursor.remaining().stream().filter(t -> t.isMark("(")).count() == 1
                && cursor.remaining().stream().noneMatch(t -> t.isWord("where"));
        if (!plain) {
            job.findings.incomplete();
        }
        return job.silent(Kind.CREATE);
    }
}
