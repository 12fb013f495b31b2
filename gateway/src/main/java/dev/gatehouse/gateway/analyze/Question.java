package dev.gatehouse.gateway.analyze;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.gatehouse.firewall.statement.Dialect;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one line of the input asks about.
 *
 * @param sql the text, UTF-8
 * @param dialect the line's own, where it has one
 */
record Question(byte[] sql, Optional<Dialect> dialect) {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Lines.MAX_BYTES)
                    .build())
            .build();

    /** Says why a line asks nothing. */
    static final class Unanswerable extends Exception {

        private static final long serialVersionUID = 1;

        Unanswerable(String reason) {
            super(reason, null, false, false);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * Reads a line: one JSON object with {@code sql}, maybe {@code dialect}, and whatever else.
     *
     * @throws Unanswerable if it is anything else
     */
    static Question read(byte[] line) throws Unanswerable {
        if (line.length > Lines.MAX_BYTES) {
            throw new Unanswerable("the line is longer than " + (Lines.MAX_BYTES >> 20) + " MiB");
        }
        try (JsonParser json = JSON.createParser(line)) {
            Question question = read(json);
            if (json.nextToken() != null) {
                throw new Unanswerable("the line is not one JSON object");
            }
            return question;
        } catch (JsonParseException e) {
            throw new Unanswerable("the line is not JSON: " + e.getOriginalMessage());
        } catch (StreamConstraintsException e) {
            throw new Unanswerable("the line is not read: " + e.getOriginalMessage());
        } catch (CharacterCodingException e) {
            throw new Unanswerable("sql is not text that UTF-8 can hold");
        } catch (IOException e) {
            throw new Unanswerable("the line is not valid UTF-8");
        }
    }

    private static Question read(JsonParser json) throws IOException, Unanswerable {
        JsonToken first = json.nextToken();
        if (first != JsonToken.START_OBJECT) {
            throw new Unanswerable(first == null ? "the line is empty" : "the line is not a JSON object");
        }
        @Nullable String sql = null;
        Optional<Dialect> dialect = Optional.empty();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("sql")) {
                sql = value == JsonToken.VALUE_STRING ? json.getText() : null;
            } else if (name.equals("dialect") && value != JsonToken.VALUE_NULL) {
                dialect = Optional.of(dialect(value == JsonToken.VALUE_STRING ? json.getText() : ""));
            }
            json.skipChildren();
        }
        if (sql == null) {
            throw new Unanswerable("the line has no \"sql\" that is a string");
        }
        return new Question(encode(sql), dialect);
    }

    private static byte[] encode(String sql) throws CharacterCodingException {
        ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(sql));
        byte[] encoded = new byte[bytes.remaining()];
        bytes.get(encoded);
        return encoded;
    }

    private static Dialect dialect(String word) throws Unanswerable {
        return Arrays.stream(Dialect.values())
                .filter(dialect -> word(dialect).equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new Unanswerable("\"dialect\" is none of "
                        + Arrays.stream(Dialect.values()).map(Question::word).collect(Collectors.joining(", "))));
    }

    private static String word(Dialect dialect) {
        return dialect.name().toLowerCase(Locale.ROOT);
    }
}
