package dev.gatehouse.gateway.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.gateway.export.Csv;
import java.io.PrintWriter;
import java.util.Locale;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import picocli.CommandLine.Option;

/** The options that say how an answer is written. */
final class Output {

    /** The formats. */
    enum Format {
        TABLE,
        JSON,
        JSONL,
        YAML,
        CSV;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "${env:GATEHOUSE_OUTPUT:-table}",
            description = "How to write the answer: ${COMPLETION-CANDIDATES}.")
    private Format format = Format.TABLE;

    @Option(
            names = {"-q", "--quiet"},
            description = "Write ids only.")
    private boolean quiet;

    /** Whether a person reads it. */
    boolean isForPeople() {
        return format == Format.TABLE && !quiet;
    }

    /** Writes a list. */
    void print(PrintWriter out, Listing listing) {
        if (quiet) {
            listing.items().forEach(item -> out.println(item.path("id").asText()));
            return;
        }
        switch (format) {
            case TABLE -> Table.print(out, listing, terminalWidth());
            case JSONL -> listing.items().forEach(out::println);
            case JSON -> out.println(pretty(document(listing)));
            case YAML -> out.print(yaml(document(listing)));
            case CSV -> csv(out, listing);
        }
        out.flush();
    }

    /** Writes one document in a format that is not for people; a table's place is taken by JSON. */
    void print(PrintWriter out, ObjectNode document) {
        if (quiet) {
            out.println(document.path("id").asText());
        } else if (format == Format.YAML) {
            out.print(yaml(document));
        } else if (format == Format.JSONL) {
            out.println(document);
        } else {
            out.println(pretty(document));
        }
        out.flush();
    }

    private static ObjectNode document(Listing listing) {
        ObjectNode document = new ObjectMapper()
                .createObjectNode()
                .put("apiVersion", "gatehouse/v1")
                .put("kind", listing.kind());
        document.putArray("items").addAll(listing.items());
        return document;
    }

    private static String pretty(ObjectNode document) {
        return document.toPrettyString();
    }

    private static String yaml(ObjectNode document) {
        ObjectMapper mapper = new ObjectMapper().disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);
        DumpSettings settings =
                DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
        return new Dump(settings).dumpToString(mapper.convertValue(document, Object.class));
    }

    private static void csv(PrintWriter out, Listing listing) {
        out.println(Csv.line(listing.columns().stream()
                .map(column -> column.title().toLowerCase(Locale.ROOT))
                .toList()));
        listing.items()
                .forEach(item -> out.println(Csv.line(listing.columns().stream()
                        .map(column -> column.cell().apply(item))
                        .toList())));
    }

    /** The launcher tells the width when the answer goes to a terminal. */
    private static int terminalWidth() {
        String columns = System.getenv("GATEHOUSE_COLUMNS");
        return columns != null && columns.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(columns) : Integer.MAX_VALUE;
    }
}
