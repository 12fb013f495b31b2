package dev.gatehouse.analyzer.agreement;

import dev.gatehouse.firewall.statement.Dialect;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** The words of a dialect that may stand in a query, or a command that changes rows, without naming anything. */
final class KeyWords {

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Set<String> POSTGRESQL = read("postgresql.txt");
    private static final Set<String> MYSQL = read("mysql.txt");

    private KeyWords() {}

    static Set<String> of(Dialect dialect) {
        return switch (dialect) {
            case POSTGRESQL -> POSTGRESQL;
            case MYSQL -> MYSQL;
        };
    }

    private static Set<String> read(String resource) {
        Set<String> words = new HashSet<>();
        try (InputStream stream = Objects.requireNonNull(KeyWords.class.getResourceAsStream(resource), resource)) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(BLANKS::splitAsStream)
                    .forEach(words::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Set.copyOf(words);
    }
}
