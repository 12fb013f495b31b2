package dev.gatehouse.gateway.noninterference;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

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

    private static final Pattern ORDER = Pattern.compile("\\border\\s+by\\b", Pattern.CASE_INSENSITIVE);

    /** What begins and ends a script, and would make every rate look small. */
    private static final Set<String> CONTROL = Set.of("begin", "commit", "rollback");

    /** What differs between two answers that may not; empty where nothing does. Counts what was masked and refused in vain. */
    public List<String> leaks(Script script) throws Exception {
        List<Answer> ones = left.answer(script);
        List<Answer> others = right.answer(script);
        List<Answer> plainOnes = plainLeft.answer(script);
        List<Answer> plainOthers = plainRight.answer(script);
        List<String> leaks = new ArrayList<>();
        boolean alikeSoFar = true;
        for (int i = 0; i < ones.size(); i++) {
            Answer one = ones.get(i);
            Answer other = others.get(i);
            String statement = script.statements().get(i);
            if (!one.told().equals(other.told())) {
                if (isOfAnotherPlan(statement, one, other)) {
                    figures.reordered();
                } else {
                    leaks.add(statement + "\n    left:  " + difference(one, other) + "\n    right: "
                            + difference(other, one));
                }
            }
            measure(statement, one, plainOnes.get(i), plainOthers.get(i), alikeSoFar);
            alikeSoFar &= !one.refused();
        }
        return leaks;
    }

    /** Whether two answers are the same rows, of which the server found one's in another way, and no order was asked for. */
    private boolean isOfAnotherPlan(String statement, Answer one, Answer other) throws Exception {
        return !ORDER.matcher(statement).find()
                && sorted(one.told()).equals(sorted(other.told()))
                && !left.plan(statement).equals(right.plan(statement));
    }

    private static List<String> sorted(List<String> told) {
        return told.stream().sorted().toList();
    }

    /**
     * Counts what was in vain.
     *
     * @param alikeSoFar whether what came before had the same effect behind the gateway as past it
     */
    private void measure(String statement, Answer shown, Answer one, Answer other, boolean alikeSoFar) {
        if (CONTROL.contains(statement)) {
            return;
        }
        boolean harmless = one.told().equals(other.told());
        figures.statement(shown.refused(), shown.failed(), harmless);
        if (shown.refused() && harmless) {
            figures.example("refused: " + statement + "\n    " + shown.told());
        }
        boolean comparable = alikeSoFar
                && !shown.refused()
                && one.columns().size() == other.columns().size()
                && one.columns().size() == shown.columns().size();
        for (int i = 0; comparable && i < one.columns().size(); i++) {
            List<String> values = one.columns().get(i);
            if (values.equals(other.columns().get(i))) {
                List<String> seen = shown.columns().get(i);
                boolean masked = !values.equals(seen) && seen.stream().anyMatch(Noninterference::looksMasked);
                figures.column(masked);
                if (masked) {
                    figures.example("masked " + (i + 1) + ": " + statement);
                }
            }
        }
    }

    private static boolean looksMasked(String value) {
        return value.equals("NULL") || value.contains("***");
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
