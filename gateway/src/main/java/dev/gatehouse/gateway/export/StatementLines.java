package dev.gatehouse.gateway.export;

import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.journal.StatementFlow;
import dev.gatehouse.journal.StatementSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;

/** Statements with what became of them as a line of text each, in the order in which they were finished. */
public final class StatementLines implements Export {

    private final StatementFlow flow;

    /**
     * @param head lines that come first
     * @param line makes a statement's line
     */
    private StatementLines(Appendable out, List<String> head, Function<StatementSummary, String> line) {
        head.forEach(text -> write(out, text));
        this.flow = new StatementFlow(statement -> write(out, line.apply(statement)));
    }

    /** As comma-separated values with a line of titles, see {@link StatementColumns}. */
    public static Export csv(Appendable out) {
        return new StatementLines(out, List.of(StatementColumns.titles()), StatementColumns::line);
    }

    /** As events of the class Datastore Activity of the Open Cybersecurity Schema Framework, see {@link DatastoreActivity}. */
    public static Export ocsf(Appendable out) {
        return new StatementLines(out, List.of(), DatastoreActivity::line);
    }

    /** As lines of a PostgreSQL server's log that pgaudit might have written, see {@link AuditLine}. */
    public static Export pgaudit(Appendable out) {
        return new StatementLines(out, List.of(), new AuditLine()::line);
    }

    @Override
    public void add(Event.Entry entry) throws IOException {
        try {
            flow.accept(entry);
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void finish() throws IOException {
        try {
            flow.finish();
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static void write(Appendable out, String line) {
        try {
            out.append(line).append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
