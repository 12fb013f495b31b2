package dev.gatehouse.console.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.console.api.Problem.Code;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the body of a call: a JSON object of texts. */
public final class Fields {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Fields() {}

    /**
     * Reads a body.
     *
     * @param text the body; empty for no fields
     * @param known the fields there may be
     * @return a mapping that may be changed
     * @throws Problem if it is something else
     */
    public static Map<String, String> read(String text, List<String> known) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (text.isEmpty()) {
            return fields;
        }
        JsonNode body = parse(text);
        if (!body.isObject()) {
            throw new Problem(Code.BAD_REQUEST, "the body is not a JSON object", "", "");
        }
        body.properties().forEach(field -> {
            if (!known.contains(field.getKey())) {
                throw new Problem(
                        Code.BAD_REQUEST,
                        "unknown field " + field.getKey(),
                        "fields are " + String.join(", ", known),
                        "");
            }
            if (!field.getValue().isTextual()) {
                throw new Problem(Code.BAD_REQUEST, field.getKey() + " is not a text", "", "");
            }
            fields.put(field.getKey(), field.getValue().textValue());
        });
        return fields;
    }

    private static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new Problem(Code.BAD_REQUEST, "the body is not JSON: " + e.getOriginalMessage(), "", "");
        }
    }
}
