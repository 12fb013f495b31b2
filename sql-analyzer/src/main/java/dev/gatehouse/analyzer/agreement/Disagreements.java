package dev.gatehouse.analyzer.agreement;

import dev.gatehouse.analyzer.lexer.Token;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the statements over which two parsers differed, and writes each one's shape to the log as a case for a test: its
 * words without its literals. A shape is written once, and no more shapes than a bound.
 */
public final class Disagreements {

    private static final Logger LOG = LoggerFactory.getLogger(Disagreements.class);
    private static final int MOST_SHAPES = 1_000;
    private static final int LONGEST_SHAPE = 2_000;
    private static final LongAdder COUNT = new LongAdder();
    private static final Set<String> SHAPES = Collections.synchronizedSet(new LinkedHashSet<>());

    private Disagreements() {}

    /** How many there were since the start. */
    public static long count() {
        return COUNT.sum();
    }

    /** The shapes of statements that are candidates for tests. */
    public static List<String> shapes() {
        synchronized (SHAPES) {
            return List.copyOf(SHAPES);
        }
    }

    /**
     * Notes a statement.
     *
     * @param reason what the parsers differ in
     */
    public static void note(String reason, List<Token> tokens) {
        COUNT.increment();
        String shape = shape(tokens);
        if (SHAPES.size() < MOST_SHAPES && SHAPES.add(shape)) {
            LOG.warn("{}: {}", reason, shape);
        }
    }

    static String shape(List<Token> tokens) {
        StringBuilder shape = new StringBuilder();
        for (Token token : tokens) {
            if (shape.length() > LONGEST_SHAPE) {
                break;
            }
            shape.append(word(token)).append(' ');
        }
        return shape.toString().trim();
    }

    private static String word(Token token) {
        return switch (token.sort()) {
            case WORD, OPERATOR, MARK, VARIABLE, INTRODUCER -> token.text();
            case HINT -> "/*+ */";
            case QUOTED -> '"' + token.text().replace("\"", "\"\"") + '"';
            case STRING -> "''";
            case NUMBER -> "0";
            case PARAMETER -> "$1";
            case END -> "";
        };
    }
}
