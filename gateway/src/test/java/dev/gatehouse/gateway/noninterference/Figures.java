package dev.gatehouse.gateway.noninterference;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What was counted: how much passed, and how much was masked or refused without need. */
public final class Figures {

    private int statements;
    private int refused;
    private int failed;
    private int harmless;
    private int refusedInVain;
    private int reordered;
    private int columns;
    private int maskedInVain;
    private final Map<String, Integer> vain = new TreeMap<>();

    void statement(boolean wasRefused, boolean hasFailed, boolean isHarmless) {
        statements++;
        failed += hasFailed && !wasRefused ? 1 : 0;
        refused += wasRefused ? 1 : 0;
        harmless += isHarmless ? 1 : 0;
        refusedInVain += wasRefused && isHarmless ? 1 : 0;
    }

    /** Counts an answer that has the same rows in both worlds, in the order of another plan. */
    void reordered() {
        reordered++;
    }

    void column(boolean wasMasked) {
        columns++;
        maskedInVain += wasMasked ? 1 : 0;
    }

    /** Remembers an example. */
    void example(String text) {
        vain.merge(text, 1, Integer::sum);
    }

    /** Statements that were masked or refused in vain, with how often. */
    public Map<String, Integer> examples() {
        return vain;
    }

    /** How many statements there were. */
    public int statements() {
        return statements;
    }

    /** How many were answered, and neither refused nor in error. */
    public int answered() {
        return statements - refused - failed;
    }

    /** The part of the statements with the same answer in both worlds that were refused. */
    public double refusedInVain() {
        return part(refusedInVain, harmless);
    }

    /** The part of the columns with the same values in both worlds that were masked. */
    public double maskedInVain() {
        return part(maskedInVain, columns);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d statements, %d refused, %d failed, %d in the order of another plan; %d of %d (%.1f %%) refused though what they show is the same in both worlds;"
                        + " %d of %d (%.1f %%) columns masked though their values are the same in both",
                statements,
                refused,
                failed,
                reordered,
                refusedInVain,
                harmless,
                100 * refusedInVain(),
                maskedInVain,
                columns,
                100 * maskedInVain());
    }

    private static double part(int part, int whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
