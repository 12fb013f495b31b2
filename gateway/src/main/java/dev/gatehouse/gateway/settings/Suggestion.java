package dev.gatehouse.gateway.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/** Guesses which of the possible words was meant. */
final class Suggestion {

    private Suggestion() {}

    /** {@code , did you mean "update"?} or what else to say of a word that is none of those possible. */
    static String phrase(String word, Collection<String> possible) {
        String lower = word.toLowerCase(Locale.ROOT);
        int tolerated = Math.max(1, (word.length() + 1) / 3);
        return possible.stream()
                .filter(p -> distance(lower, p.toLowerCase(Locale.ROOT)) <= tolerated)
                .min(Comparator.comparingInt((String p) -> distance(lower, p.toLowerCase(Locale.ROOT)))
                        .thenComparing(p -> !letters(p).equals(letters(lower)))
                        .thenComparing(Comparator.naturalOrder()))
                .map(p -> ", did you mean \"" + p + "\"?")
                .orElseGet(() ->
                        possible.isEmpty() || possible.size() > 12 ? "" : "; possible: " + String.join(", ", possible));
    }

    /** The letters of a word in order: letters in the wrong places are the likelier mistake. */
    private static String letters(String word) {
        return word.chars().sorted().mapToObj(Character::toString).collect(Collectors.joining());
    }

    /** How many letters must be put in, left out, changed or swapped with their neighbour. */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : step(d, a, b, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int step(int[][] d, String a, String b, int i, int j) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
    }
}
