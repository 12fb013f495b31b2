package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.console.api.Operation;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The OpenAPI document, against which answers are held. Knows as much of JSON Schema as the document uses. */
final class ApiDocument {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<String> KNOWN = Set.of(
            "type",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "enum",
            "pattern",
            "format",
            "description",
            "$ref");

    private final JsonNode document;

    ApiDocument(JsonNode document) {
        this.document = document;
    }

    /** Each as its method and address. */
    List<String> operations() {
        List<String> all = new ArrayList<>();
        document.path("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(method -> all.add(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return all;
    }

    /** Checks that an answer's status is one that is described, and its body as described. */
    void check(Operation operation, HttpResponse<String> answer) throws JsonProcessingException {
        JsonNode described = document.path("paths")
                .path(operation.address())
                .path(operation.method().toLowerCase(Locale.ROOT))
                .path("responses")
                .path(Integer.toString(answer.statusCode()));
        assertThat(described.isObject())
                .as(operation + " answers " + answer.statusCode() + " " + answer.body())
                .isTrue();
        JsonNode schema = described.path("content").path("application/json").path("schema");
        if (schema.isMissingNode()) {
            assertThat(answer.body()).isEmpty();
            return;
        }
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json; charset=utf-8");
        check(schema, MAPPER.readTree(answer.body()), operation + " " + answer.statusCode());
    }

    private void check(JsonNode schema, JsonNode value, String place) {
        if (schema.has("$ref")) {
            String name = schema.path("$ref").asText().replace("#/components/schemas/", "");
            JsonNode meant = document.path("components").path("schemas").path(name);
            assertThat(meant.isObject()).as(name).isTrue();
            check(meant, value, place);
            return;
        }
        schema.fieldNames().forEachRemaining(key -> assertThat(KNOWN).contains(key));
        assertThat(types(schema.path("type"))).as(place).contains(type(value));
        if (schema.has("enum")) {
            assertThat(schema.path("enum")).as(place).contains(value);
        }
        if (schema.has("pattern")) {
            assertThat(value.asText()).as(place).matches(schema.path("pattern").asText());
        }
        schema.path("required").forEach(key -> assertThat(value.has(key.asText()))
                .as(place + " has " + key)
                .isTrue());
        if (value.isObject() && schema.has("properties")) {
            value.properties().forEach(field -> {
                JsonNode property = schema.path("properties").path(field.getKey());
                assertThat(property.isObject())
                        .as(place + "." + field.getKey() + " is described")
                        .isTrue();
                check(property, field.getValue(), place + "." + field.getKey());
            });
        }
        if (value.isArray()) {
            value.forEach(item -> check(schema.path("items"), item, place + "[]"));
        }
    }

    private static List<String> types(JsonNode type) {
        List<String> all = new ArrayList<>();
        if (type.isArray()) {
            type.forEach(one -> all.add(one.asText()));
        } else {
            all.add(type.asText());
        }
        return all;
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case NUMBER -> "integer";
            case BOOLEAN -> "boolean";
            default -> "null";
        };
    }
}
