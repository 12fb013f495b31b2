package dev.gatehouse.gateway.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.session.Id;
import dev.gatehouse.journal.StatementSummary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The columns of statements as comma-separated values; columns are only ever added at the end. */
final class StatementColumns {

    private static final Map<String, Function<StatementSummary, String>> COLUMNS = new LinkedHashMap<>();

    static {
        COLUMNS.put("time", statement -> statement.at().toString());
        COLUMNS.put("decision", StatementSummary::id);
        COLUMNS.put(
                "session", statement -> Id.text(Id.SESSION, statement.asked().session()));
        COLUMNS.put("user", opened(Event.Opened::user));
        COLUMNS.put("kind", opened(Event.Opened::kind));
        COLUMNS.put("source", opened(Event.Opened::source));
        COLUMNS.put("application", opened(Event.Opened::application));
        COLUMNS.put("protocol", opened(Event.Opened::protocol));
        COLUMNS.put("upstream", opened(Event.Opened::upstream));
        COLUMNS.put("database", opened(Event.Opened::database));
        COLUMNS.put("login", opened(Event.Opened::login));
        COLUMNS.put("verdict", statement -> statement.asked().verdict().word());
        COLUMNS.put("rule", statement -> statement.asked().rule());
        COLUMNS.put("policy", statement -> statement.asked().policy());
        COLUMNS.put("detail", statement -> statement.asked().detail());
        COLUMNS.put("decided", decisions(Event.Decided::outcome));
        COLUMNS.put("by", decisions(Event.Decided::by));
        COLUMNS.put("comment", decisions(Event.Decided::comment));
        COLUMNS.put("result", answer(answer -> answer.event().result()));
        COLUMNS.put("failed", answer(answer -> Boolean.toString(answer.event().failed())));
        COLUMNS.put("millis", answer(answer -> Long.toString(answer.took().toMillis())));
        COLUMNS.put("masked", answer(answer -> String.join(" ", answer.event().masked())));
        COLUMNS.put("sql", statement -> statement.asked().sql());
        COLUMNS.put("parameters", StatementColumns::parameters);
    }

    private StatementColumns() {}

    static String titles() {
        return Csv.line(List.copyOf(COLUMNS.keySet()));
    }

    static String line(StatementSummary statement) {
        return Csv.line(
                COLUMNS.values().stream().map(cell -> cell.apply(statement)).toList());
    }

    private static Function<StatementSummary, String> opened(Function<Event.Opened, String> cell) {
        return statement -> statement.opened().map(cell).orElse("");
    }

    private static Function<StatementSummary, String> answer(Function<StatementSummary.Answer, String> cell) {
        return statement -> statement.answer().map(cell).orElse("");
    }

    /** What several decisions say stands in their order, with a bar between. */
    private static Function<StatementSummary, String> decisions(Function<Event.Decided, String> cell) {
        return statement -> statement.decisions().stream()
                .map(decision -> cell.apply(decision.event()))
                .collect(Collectors.joining("|"));
    }

    /** As an array of JSON, in which NULL and the text {@code null} differ. */
    private static String parameters(StatementSummary statement) {
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        statement.asked().parameters().forEach(values::add);
        return values.isEmpty() ? "" : values.toString();
    }
}
