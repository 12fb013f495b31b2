package dev.gatehouse.gateway.export;

import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.audit.Verdict;
import dev.gatehouse.firewall.session.Id;
import dev.gatehouse.journal.StatementSummary;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A statement as pgaudit writes it into PostgreSQL's log, behind {@code log_line_prefix = '%m [%c] %u@%d/%a '}, with the
 * gateway's session, user and database; errors stand on a line of their own behind it. Objects are not named: pgaudit has them from the server's executor.
 *
 * @see <a href="https://github.com/pgaudit/pgaudit#format">pgaudit: Format</a>
 */
final class AuditLine {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS 'UTC'").withZone(ZoneOffset.UTC);

    /** By session, how many statements of it have been written. */
    private final Map<Long, Integer> numbers = new HashMap<>();

    String line(StatementSummary statement) {
        Event.Asked asked = statement.asked();
        SqlCommand command = SqlCommand.of(asked.sql());
        int number = numbers.merge(asked.session(), 1, Integer::sum);
        String prefix = TIME.format(statement.at()) + " [" + Id.text(Id.SESSION, asked.session()) + "] "
                + statement.user() + "@"
                + statement.opened().map(Event.Opened::database).orElse("") + "/"
                + statement.opened().map(Event.Opened::application).orElse("");
        String failure = failure(statement);
        return oneLine(prefix) + " LOG:  AUDIT: "
                + Csv.line(List.of(
                        "SESSION", Integer.toString(number), "1", command.sort().name(), command.words(), "", ""))
                + "," + Csv.quoted(oneLine(asked.sql())) + "," + parameters(asked.parameters())
                + (failure.isEmpty() ? "" : "\n" + oneLine(prefix) + " ERROR:  " + oneLine(failure));
    }

    /** What the server's log has behind it of a statement that did not come to its end. */
    private static String failure(StatementSummary statement) {
        if (statement.asked().verdict() == Verdict.BLOCK) {
            return statement.asked().detail();
        }
        return statement
                .answer()
                .filter(answer -> answer.event().failed())
                .map(answer -> answer.event().result())
                .orElse("");
    }

    private static String parameters(List<String> values) {
        return values.isEmpty()
                ? "<none>"
                : Csv.quoted(Csv.line(values.stream()
                        .map(value -> value == null ? "<null>" : oneLine(value))
                        .toList()));
    }

    /** A line of a log has no end within; PostgreSQL indents what follows one. */
    private static String oneLine(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\n\t");
    }
}
