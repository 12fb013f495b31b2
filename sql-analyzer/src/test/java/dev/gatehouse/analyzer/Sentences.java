package dev.gatehouse.analyzer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** Makes statements by walking a small grammar at random. */
final class Sentences {

    private static final char BLANK = '␣';
    private static final int DEPTH = 9;
    private static final int MOST_TOKENS = 150;

    private final Map<String, List<List<String>>> ways = new HashMap<>();

    private Sentences() {}

    /** @param name of a file in {@code grammar/} */
    static Sentences of(String name) {
        Sentences sentences = new Sentences();
        try (InputStream file = Objects.requireNonNull(Sentences.class.getResourceAsStream("/grammar/" + name));
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.startsWith("#")).forEach(sentences::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sentences;
    }

    private void add(String line) {
        int equals = line.indexOf(" = ");
        List<List<String>> choices = new ArrayList<>();
        for (String way : line.substring(equals + 3).split("(?:^| )\\|(?= |$)", -1)) {
            choices.add(way.isBlank() ? List.of() : List.of(way.strip().split(" +", -1)));
        }
        ways.put(line.substring(0, equals), choices);
    }

    /** The tokens of a statement; some hold blanks, and between any two of them there may be some. */
    List<String> next(RandomGenerator random) {
        List<String> tokens = new ArrayList<>();
        walk("statement", random, 0, tokens);
        return tokens;
    }

    private void walk(String name, RandomGenerator random, int depth, List<String> tokens) {
        List<List<String>> choices = Objects.requireNonNull(ways.get(name), name);
        boolean ends = depth > DEPTH || tokens.size() > MOST_TOKENS;
        for (String piece : choices.get(ends ? 0 : random.nextInt(choices.size()))) {
            if (piece.matches("<[a-z]+>")) {
                walk(piece.substring(1, piece.length() - 1), random, depth + 1, tokens);
            } else {
                tokens.add(piece.replace(BLANK, ' '));
            }
        }
    }
}
