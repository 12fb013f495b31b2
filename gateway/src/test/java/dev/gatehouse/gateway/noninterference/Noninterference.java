package dev.gatehouse.gateway.noninterference;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Asks two worlds the same, behind the gateway and past it. Behind the gateway their answers must not differ. Where they do
 * not differ past it either, whatever was masked or refused was so in vain, which is counted.
 *
 * @param left one world behind the gateway
 * @param right the other
 * @param plainLeft what is as {@code left}, past the gateway
 * @param plainRight what is as {@code right}, past the gateway
 */
public record Noninterference(World left, World right, World plainLeft, World plainRight, Figures figures) {

    /** What begins and ends a script, and would make every rate look small. */
    private static final Set<String> CONTROL = Set.of("begin", "commit", "rollback");

    /** What differs between two answers that may not; empty where nothing does. Counts what was masked and refused in vain. */
    public List<String> leaks(Script script) throws Exception {
        List<Answer> ones = left.answer(script);
        List<Answer> others = right.answer(script);
        List<Answer> plainOnes = plainLeft.answer(script);
        List<Answer> plainOthers = plainRight.answer(script);
        List<String> leaks = new ArrayList<>();
        for (int i = 0; i < ones.size(); i++) {
            if (!ones.get(i).told().equals(others.get(i).told())) {
                leaks.add(script.statements().get(i) + "\n    left:  " + difference(ones.get(i), others.get(i))
                        + "\n    right: " + difference(others.get(i), ones.get(i)));
            }
            measure(script.statements().get(i), ones.get(i), plainOnes.get(i), plainOthers.get(i));
        }
        return leaks;
    }

    private void measure(String statement, Answer shown, Answer one, Answer other) {
        if (CONTROL.contains(statement)) {
            return;
        }
        boolean harmless = one.told().equals(other.told());
        figures.statement(shown.refused(), shown.failed(), harmless);
        if (shown.refused() && harmless) {
            figures.example("refused: " + statement + "\n    " + shown.told());
        }
        boolean comparable = !shown.refused()
                && one.columns().size() == other.columns().size()
                && one.columns().size() == shown.columns().size();
        for (int i = 0; comparable && i < one.columns().size(); i++) {
            List<String> values = one.columns().get(i);
            if (values.equals(other.columns().get(i))) {
                boolean masked = !values.equals(shown.columns().get(i));
                figures.column(masked);
                if (masked) {
                    figures.example("masked " + (i + 1) + ": " + statement);
                }
            }
        }
    }

    private static String difference(Answer one, Answer other) {
        for (int i = 0; i < one.told().size(); i++) {
            if (i >= other.told().size()
                    || !one.told().get(i).equals(other.told().get(i))) {
                return one.told().get(i);
            }
        }
        return "nothing after " + one.told().size() + " messages";
    }
}
