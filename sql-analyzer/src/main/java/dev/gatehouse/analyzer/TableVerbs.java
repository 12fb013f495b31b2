package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.lexer.Cursor;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Command.Change;
import dev.gatehouse.firewall.statement.Kind;
import java.util.Optional;
import java.util.Set;

/** Reads the commands that change, maintain or drop tables as a whole. */
final class TableVerbs {

    private static final Set<String> OPTIONS = Set.of("full", "freeze", "verbose", "analyze", "analyse", "skip_locked");

    private TableVerbs() {}

    static Command truncate(Job job) {
        Cursor cursor = job.cursor;
        cursor.accept("table");
        tables(job);
        if (cursor.peek().isWord("restart") || cursor.peek().isWord("continue")) {
            cursor.next();
            cursor.next();
        }
        cascade(job);
        return job.silent(Kind.TRUNCATE);
    }

    static Command lock(Job job) {
        job.cursor.accept("table");
        tables(job);
        return job.silent(Kind.LOCK);
    }

    static Command drop(Job job) {
        job.findings.change(Change.CATALOG);
        Cursor cursor = job.cursor;
        cursor.accept("foreign");
        cursor.accept("materialized");
        if (!cursor.accept("table") && !cursor.accept("view")) {
            return unnamed(job, Kind.DROP);
        }
        cursor.acceptWords("if", "exists");
        tables(job);
        cascade(job);
        return job.silent(Kind.DROP);
    }

    /** Reads names separated by commas, each with ONLY before it or a star after it. */
    private static void tables(Job job) {
        do {
            boolean parenthesised = job.cursor.accept("only") && job.cursor.acceptMark("(");
            job.writes();
            if (parenthesised) {
                job.cursor.expectMark(")");
            }
            job.cursor.acceptOperator("*");
        } while (job.cursor.acceptMark(","));
    }

    private static void cascade(Job job) {
        if (job.cursor.accept("cascade")) {
            job.findings.incomplete();
        } else {
            job.cursor.accept("restrict");
        }
    }

    static Command alter(Job job) {
        job.findings.change(Change.CATALOG);
        Cursor cursor = job.cursor;
        cursor.accept("foreign");
        cursor.accept("materialized");
        if (!cursor.accept("table") && !cursor.accept("view")) {
            return unnamed(job, Kind.ALTER);
        }
        if (cursor.atWords("all", "in")) {
            return unnamed(job, Kind.ALTER);
        }
        cursor.acceptWords("if", "exists");
        cursor.accept("only");
        job.writes();
        cursor.acceptOperator("*");
        for (Token token : cursor.remaining()) {
            if (token.isWord("rename")) {
                job.findings.kind(Kind.RENAME);
            }
            if (token.sort() == Token.Sort.WORD && MAY_CALL.contains(token.text())) {
                job.findings.incomplete();
            }
        }
        return job.silent(Kind.ALTER);
    }

    /** Words after which a definition may call functions or name other tables. */
    static final Set<String> MAY_CALL = Set.of(
            "attach",
            "check",
            "default",
            "detach",
            "execute",
            "generated",
            "inherit",
            "inherits",
            "like",
            "partition",
            "references",
            "using");

    /** Reads VACUUM and ANALYZE. */
    static Command maintain(Job job, Kind kind) {
        Cursor cursor = job.cursor;
        boolean analyzes = cursor.remaining().stream().anyMatch(t -> t.isWord("analyze") || t.isWord("analyse"));
        if (analyzes) {
            job.findings.kind(Kind.ANALYZE);
        }
        if (cursor.atMark("(")) {
            cursor.skipParentheses();
        }
        while (cursor.atWord(OPTIONS)) {
            cursor.next();
        }
        while (!cursor.atEnd()) {
            cursor.accept("only");
            job.writes();
            if (cursor.atMark("(")) {
                cursor.skipParentheses();
            }
            if (!cursor.acceptMark(",") && !cursor.atEnd()) {
                throw cursor.unexpected();
            }
        }
        return job.silent(kind);
    }

    /** A command whose objects are not read: whatever policy says of tables may concern it. */
    static Command unnamed(Job job, Kind kind) {
        job.findings.incomplete();
        return job.silent(kind);
    }

    /** The same, and the catalog changes. */
    static Command define(Job job, Kind kind) {
        job.findings.change(Change.CATALOG);
        return unnamed(job, kind);
    }

    /** A command that may do anything and give any rows. */
    static Command opaqueRows(Job job, Kind kind) {
        job.findings.incomplete();
        return job.command(kind, Optional.empty(), true);
    }
}
