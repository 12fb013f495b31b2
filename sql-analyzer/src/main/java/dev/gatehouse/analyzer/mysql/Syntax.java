package dev.gatehouse.analyzer.mysql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The syntax of a dialect's commands, by the word each begins with.
 *
 * @param commands in the order they are tried
 */
record Syntax(Map<String, List<Entry>> commands) {

    /**
     * One form of a command.
     *
     * @param verb its first word, or the words that tell it from others
     * @param object the kind of object it is about; empty for none
     */
    record Entry(String verb, String object, Pattern pattern) {}

    /** Reads the tables of these names, which lie beside this class. */
    static Syntax of(String... tables) {
        Map<String, Pattern> named = new HashMap<>();
        Map<String, List<Entry>> commands = new HashMap<>();
        for (String table : tables) {
            Notation.read(text(table), named, (word, entry) -> commands.computeIfAbsent(word, w -> new ArrayList<>())
                    .add(entry));
        }
        return new Syntax(commands);
    }

    private static String text(String table) {
        try (InputStream stream = Syntax.class.getResourceAsStream(table + ".syntax")) {
            if (stream == null) {
                throw new IllegalStateException("no table " + table);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The forms of command that begin with a word. */
    List<Entry> beginningWith(String word) {
        return commands.getOrDefault(word, List.of());
    }
}
