package dev.gatehouse.analyzer.catalog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.gatehouse.analyzer.catalog.Snapshot.Attribute;
import dev.gatehouse.analyzer.catalog.Snapshot.Relation;
import dev.gatehouse.firewall.statement.Table;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;

/** Writes a catalog down as JSON, one relation and one routine to a line, for {@link CatalogFile} to read. */
public final class CatalogWriter {

    private final JsonGenerator json;

    private CatalogWriter(JsonGenerator json) {
        this.json = json;
    }

    /**
     * Writes all of a snapshot.
     *
     * @param file left open
     */
    public static void write(Snapshot snapshot, Writer file) throws IOException {
        JsonFactory factory = JsonFactory.builder()
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build();
        try (JsonGenerator json = factory.createGenerator(file)) {
            new CatalogWriter(json).write(snapshot);
        }
        file.write("\n");
        file.flush();
    }

    private void write(Snapshot snapshot) throws IOException {
        json.writeStartObject();
        line();
        json.writeObjectFieldStart("server");
        Server server = snapshot.server();
        json.writeStringField("product", CatalogFile.word(server.product()));
        json.writeStringField("version", server.version());
        json.writeStringField("table_names", CatalogFile.word(server.tableNames()));
        json.writeStringField("sql_mode", server.sqlMode());
        json.writeEndObject();
        line();
        texts("schemas", snapshot.schemas().stream().sorted().toList());
        line();
        json.writeArrayFieldStart("relations");
        for (Relation relation : snapshot.relations()) {
            line();
            relation(relation);
        }
        json.writeEndArray();
        line();
        json.writeArrayFieldStart("routines");
        for (Routine routine : snapshot.routines()) {
            if (!routine.schema().equals(Routine.NATIVE)) {
                line();
                routine(routine);
            }
        }
        json.writeEndArray();
        line();
        json.writeArrayFieldStart("constraints");
        for (Constraint constraint : snapshot.constraints()) {
            line();
            constraint(constraint);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void constraint(Constraint constraint) throws IOException {
        json.writeStartObject();
        json.writeStringField("schema", constraint.table().schema());
        json.writeStringField("table", constraint.table().name());
        json.writeStringField("sort", CatalogFile.word(constraint.sort()));
        texts("columns", constraint.columns());
        if (constraint.referred().isPresent()) {
            Constraint.Referred referred = constraint.referred().get();
            json.writeObjectFieldStart("referred");
            json.writeStringField("schema", referred.table().schema());
            json.writeStringField("table", referred.table().name());
            texts("columns", referred.columns());
            json.writeBooleanField("cascades", referred.cascades());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void line() throws IOException {
        json.writeRaw('\n');
    }

    private void relation(Relation relation) throws IOException {
        json.writeStartObject();
        json.writeStringField("schema", relation.table().schema());
        json.writeStringField("name", relation.table().name());
        json.writeStringField("sort", CatalogFile.word(relation.sort()));
        if (relation.oid() != 0) {
            json.writeNumberField("oid", Integer.toUnsignedLong(relation.oid()));
        }
        json.writeArrayFieldStart("columns");
        for (int i = 0; i < relation.columns().size(); i++) {
            attribute(relation.columns().get(i), i + 1);
        }
        json.writeEndArray();
        optional("view", relation.view());
        optional("definer", relation.definer());
        if (!relation.parents().isEmpty()) {
            json.writeArrayFieldStart("parents");
            for (Table parent : relation.parents()) {
                json.writeStartObject();
                json.writeStringField("schema", parent.schema());
                json.writeStringField("name", parent.name());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void attribute(Attribute attribute, int place) throws IOException {
        if (attribute.equals(new Attribute(place, attribute.name()))) {
            json.writeString(attribute.name());
            return;
        }
        json.writeStartObject();
        json.writeStringField("name", attribute.name());
        json.writeStringField("type", attribute.type());
        if (attribute.number() != place) {
            json.writeNumberField("number", attribute.number());
        }
        if (attribute.hidden()) {
            json.writeBooleanField("hidden", true);
        }
        texts("sources", attribute.sources());
        json.writeEndObject();
    }

    private void routine(Routine routine) throws IOException {
        json.writeStartObject();
        json.writeStringField("schema", routine.schema());
        json.writeStringField("name", routine.name());
        json.writeStringField("sort", CatalogFile.word(routine.sort()));
        json.writeStringField("volatility", CatalogFile.word(routine.volatility()));
        json.writeStringField("language", routine.language());
        optional("definer", routine.definer());
        texts("columns", routine.columns());
        if (!routine.certain()) {
            json.writeBooleanField("certain", false);
        }
        if (routine.rows()) {
            json.writeBooleanField("rows", true);
        }
        json.writeEndObject();
    }

    private void texts(String member, List<String> texts) throws IOException {
        if (!texts.isEmpty()) {
            json.writeArrayFieldStart(member);
            for (String text : texts) {
                json.writeString(text);
            }
            json.writeEndArray();
        }
    }

    private void optional(String member, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            json.writeStringField(member, text.get());
        }
    }
}
