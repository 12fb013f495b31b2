package dev.gatehouse.gateway.analyze;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one line.
 *
 * @param statements in the order of the text; empty exactly where there is an error
 * @param error why the line holds no statement at all; null where it holds one
 */
record Answer(List<Account> statements, @Nullable String error) {

    private static final JsonFactory JSON = new JsonFactory();

    Answer {
        statements = List.copyOf(statements);
    }

    static Answer of(List<Account> statements) {
        return new Answer(statements, null);
    }

    static Answer error(String reason) {
        return new Answer(List.of(), reason);
    }

    /** One line of JSON, with its end. */
    byte[] json() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeArrayFieldStart("statements");
            for (Account statement : statements) {
                write(json, statement);
            }
            json.writeEndArray();
            json.writeStringField("error", error);
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("an answer that JSON cannot hold", e);
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, Account account) throws IOException {
        json.writeStartObject();
        json.writeBooleanField("understood", account.isUnderstood());
        json.writeStringField("layer", account.layer());
        json.writeStringField("kind", account.kind());
        json.writeStringField("class", account.statementClass());
        json.writeArrayFieldStart("tables");
        for (Account.Relation table : account.tables()) {
            json.writeStartObject();
            json.writeStringField("schema", table.schema());
            json.writeStringField("table", table.table());
            strings(json, "access", table.access());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("columns");
        for (Account.Use column : account.columns()) {
            json.writeStartObject();
            json.writeStringField("table", column.table());
            json.writeStringField("column", column.column());
            strings(json, "use", column.use());
            json.writeEndObject();
        }
        json.writeEndArray();
        strings(json, "functions", account.functions());
        json.writeStringField("where", account.where());
        lineage(json, account.lineage());
        json.writeStringField("opaque", account.opaque());
        json.writeEndObject();
    }

    private static void lineage(JsonGenerator json, @Nullable List<Account.Origin> lineage) throws IOException {
        if (lineage == null) {
            json.writeNullField("lineage");
            return;
        }
        json.writeArrayFieldStart("lineage");
        for (Account.Origin origin : lineage) {
            json.writeStartObject();
            json.writeStringField("name", origin.name());
            strings(json, "from", origin.from());
            json.writeBooleanField("unknown", origin.unknown());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void strings(JsonGenerator json, String field, Collection<String> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
