package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.Rowset.Field;
import dev.gatehouse.analyzer.catalog.Snapshot.Relation;
import dev.gatehouse.analyzer.lexer.Cursor;
import dev.gatehouse.analyzer.lexer.PgLexer;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Effect.Use;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads COPY.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY</a>
 */
final class CopyVerb {

    private CopyVerb() {}

    static Command copy(Job job) {
        Cursor cursor = job.cursor;
        cursor.accept("binary");
        if (cursor.atMark("(")) {
            Cursor query = cursor.parentheses();
            cursor.expect("to");
            job.adopt(job.inner(query), true);
            return job.silent(destination(job, Kind.COPY_OUT));
        }
        Token first = cursor.peek();
        List<Token> name = job.chain();
        List<Token> columns = columns(cursor);
        if (cursor.accept("from")) {
            return in(job, name, columns, first.position());
        }
        cursor.expect("to");
        return out(job, name, columns, first.position());
    }

    private static List<Token> columns(Cursor cursor) {
        List<Token> columns = new ArrayList<>();
        if (cursor.acceptMark("(")) {
            do {
                columns.add(cursor.name());
            } while (cursor.acceptMark(","));
            cursor.expectMark(")");
        }
        return columns;
    }

    private static Command in(Job job, List<Token> name, List<Token> columns, int position) {
        Table table = job.names.table(name);
        job.findings.writes(table, position);
        columns.forEach(c -> job.findings.uses(new Column(table, c.text()), Use.WRITTEN, c.position()));
        Relation relation = job.snapshot.relation(table);
        if (columns.isEmpty() && relation != null) {
            relation.columns().forEach(c -> job.findings.uses(new Column(table, c.name()), Use.WRITTEN, position));
        }
        Kind kind = destination(job, Kind.COPY_IN);
        if (job.cursor.remaining().stream().anyMatch(token -> token.isWord("where"))) {
            job.findings.incomplete();
        }
        return job.silent(kind);
    }

    private static Command out(Job job, List<Token> name, List<Token> columns, int position) {
        Table table = job.names.table(name);
        job.findings.reads(table, position);
        Relation relation = job.snapshot.relation(table);
        if (relation != null) {
            for (Field field : Views.of(job.snapshot).reading(relation).rows().fields()) {
                boolean copied = columns.isEmpty()
                        || columns.stream().anyMatch(c -> c.text().equals(field.name()));
                if (copied) {
                    job.findings.uses(field.trace(), Mode.CARRIED, position);
                }
                if (copied && !field.trace().accounted()) {
                    job.findings.incomplete();
                }
            }
        }
        return job.silent(destination(job, Kind.COPY_OUT));
    }

    /** Whether rows pass through the client, a file of the server or a program there. */
    private static Kind destination(Job job, Kind direction) {
        Token destination = job.cursor.next();
        job.findings.kind(direction);
        if (destination.isWord("program")) {
            job.findings.incomplete();
            return Kind.COPY_PROGRAM;
        }
        if (destination.sort() == Sort.STRING) {
            return Kind.COPY_FILE;
        }
        boolean client = destination.isWord("stdin") || destination.isWord("stdout");
        if (!client) {
            throw new Unreadable("unexpected " + PgLexer.describe(destination), destination.position());
        }
        return direction;
    }
}
