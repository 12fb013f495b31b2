package dev.gatehouse.analyzer.second;

import dev.gatehouse.analyzer.lexer.Unreadable;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.StringProvider;
import net.sf.jsqlparser.parser.feature.Feature;

/**
 * JSqlParser on the calling thread, with an end to its patience. It asks for its settings at every expression, also while it
 * looks ahead, which is where the time would go; counting that gives every text the same verdict on any machine. The clock is
 * for what the count does not see.
 */
final class BoundedParser extends CCJSqlParser {

    private static final int MOST_QUESTIONS = 100_000;
    private static final long MOST_NANOSECONDS = 5_000_000_000L;

    private final long started = System.nanoTime();
    private int questions;

    BoundedParser(String text) {
        super(new StringProvider(text));
    }

    @Override
    public boolean getAsBoolean(Feature feature) {
        questions++;
        if (questions > MOST_QUESTIONS || System.nanoTime() - started > MOST_NANOSECONDS) {
            throw new Unreadable("a statement that takes the second parser too long", 0);
        }
        return super.getAsBoolean(feature);
    }
}
