package dev.gatehouse.gateway.analyze;

import dev.gatehouse.gateway.command.Visible;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Draws answers for a person. */
final class Page {

    private static final String INDENT = "  ";
    private static final int TITLE_WIDTH = 11;

    private Page() {}

    static byte[] text(Answer answer) {
        StringBuilder page = new StringBuilder();
        if (answer.error() != null) {
            page.append("no statement: ").append(Visible.line(answer.error())).append('\n');
        }
        for (Account statement : answer.statements()) {
            draw(statement, page);
        }
        return page.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void draw(Account statement, StringBuilder page) {
        if (!statement.isUnderstood()) {
            page.append("not understood: ")
                    .append(Visible.line(String.valueOf(statement.opaque())))
                    .append('\n');
            return;
        }
        page.append(String.join(
                        INDENT, statement.kind(), "(" + statement.statementClass() + ")", "by " + statement.layer()))
                .append('\n');
        row(page, "tables", statement.tables().stream().map(Page::table));
        row(page, "columns", statement.columns().stream().map(Page::column));
        row(page, "functions", statement.functions().stream());
        if (!statement.where().equals("none")) {
            row(page, "where", Stream.of(statement.where().replace('_', ' ')));
        }
        List<Account.Origin> lineage = statement.lineage() == null ? List.of() : statement.lineage();
        row(page, "rows", lineage.stream().map(Page::origin));
    }

    private static void row(StringBuilder page, String title, Stream<String> values) {
        String indent = INDENT + " ".repeat(TITLE_WIDTH);
        String text = values.map(Visible::line).collect(Collectors.joining("\n" + indent));
        if (!text.isEmpty()) {
            page.append(INDENT)
                    .append(title)
                    .append(" ".repeat(TITLE_WIDTH - title.length()))
                    .append(text)
                    .append('\n');
        }
    }

    private static String table(Account.Relation table) {
        String name = table.schema() == null ? table.table() : table.schema() + "." + table.table();
        return name + INDENT + String.join(", ", table.access());
    }

    private static String column(Account.Use column) {
        return or(column.table(), "?") + "." + or(column.column(), "?") + INDENT + String.join(", ", column.use());
    }

    private static String origin(Account.Origin origin) {
        Stream<String> from = Stream.concat(
                origin.from().stream(), origin.unknown() ? Stream.of("what is not known") : Stream.empty());
        String sources = from.collect(Collectors.joining(", "));
        return or(origin.name(), "…") + (sources.isEmpty() ? "" : " ← " + sources);
    }

    private static String or(@Nullable String text, String other) {
        return text == null ? other : text;
    }
}
