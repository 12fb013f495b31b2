package dev.gatehouse.analyzer.second;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a dialect's lists of words: a line with a list's name and a colon begins it, the lines after it hold the words. */
final class WordTable {

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private WordTable() {}

    static Set<String> read(String dialect, String list) {
        Set<String> words = new HashSet<>();
        boolean inside = false;
        for (String line : lines(dialect + ".txt")) {
            if (line.endsWith(":")) {
                inside = line.equals(list + ":");
            } else if (inside && !line.isBlank() && !line.startsWith("// ")) {
                words.addAll(List.of(BLANKS.split(line.trim(), 0)));
            }
        }
        if (words.isEmpty()) {
            throw new IllegalStateException("No words: " + list + " of " + dialect);
        }
        return Set.copyOf(words);
    }

    static List<String> lines(String resource) {
        try (InputStream stream = Objects.requireNonNull(WordTable.class.getResourceAsStream(resource), resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
