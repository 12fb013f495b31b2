package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Scope;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Compares what a server takes for a statement with what the analyzer understands, and counts. */
final class SyntaxOracle {

    /** What a server says to a text that it is to prepare. */
    enum Answer {
        /** It is a statement; at most, something that it names is not there. */
        TAKEN,
        /** It is none. */
        REFUSED,
        /** It is one that cannot be prepared, or that means nothing. */
        OTHER
    }

    /** Prepares texts. */
    interface Server {
        Answer prepare(String sql) throws SQLException;
    }

    private static final Pattern WORD = Pattern.compile("\\s+|\\w+|[^\\w\\s]");
    private static final int SEED = 20_260;
    private static final int SHOWN = 40;

    private final Server server;
    private final Snapshot snapshot;
    private final Scope scope;
    private final List<String> missed = new ArrayList<>();
    private final List<String> invented = new ArrayList<>();
    private int taken;
    private int refused;

    SyntaxOracle(Server server, Snapshot snapshot, Scope scope) {
        this.server = server;
        this.snapshot = snapshot;
        this.scope = scope;
    }

    /** Compares statements. */
    void take(List<String> statements) throws SQLException {
        for (String statement : statements) {
            compare(statement);
        }
    }

    /** Compares those statements that the server takes, a word or two in each of them changed. */
    void change(List<String> statements, int times) throws SQLException {
        Random random = new Random(SEED);
        List<List<String>> all = new ArrayList<>();
        for (String statement : statements) {
            if (server.prepare(statement) == Answer.TAKEN) {
                all.add(WORD.matcher(statement)
                        .results()
                        .map(MatchResult::group)
                        .toList());
            }
        }
        List<String> known = all.stream()
                .flatMap(List::stream)
                .filter(word -> !word.isBlank())
                .toList();
        for (int i = 0; i < times; i++) {
            for (List<String> words : all) {
                List<String> changed = new ArrayList<>(words);
                for (int change = random.nextInt(2); change >= 0; change--) {
                    change(changed, known.get(random.nextInt(known.size())), random);
                }
                compare(String.join("", changed));
            }
        }
    }

    /** Sentences of a grammar, one to a text. */
    static List<String> sentences(String grammar, int count) {
        Random random = new Random(SEED);
        Sentences sentences = Sentences.of(grammar);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(String.join(" ", sentences.next(random)));
        }
        return texts;
    }

    private static void change(List<String> words, String other, Random random) {
        int place = random.nextInt(words.size());
        switch (random.nextInt(5)) {
            case 0 -> words.set(place, " ");
            case 1 -> words.add(place, words.get(place) + " ");
            case 2 -> words.add(place, other + " ");
            case 3 -> words.set(place, other);
            default -> words.set(place, words.set(random.nextInt(words.size()), words.get(place)));
        }
    }

    private void compare(String sql) throws SQLException {
        Answer answer = server.prepare(sql);
        Analysis analysis = CommandReader.read(sql.getBytes(StandardCharsets.UTF_8), snapshot, scope)
                .analysis();
        boolean understood = analysis instanceof Analysis.Understood;
        if (answer == Answer.TAKEN && !isUneven(analysis)) {
            taken++;
            if (!understood) {
                missed.add(sql + "   -> " + analysis);
            }
        } else if (answer == Answer.REFUSED) {
            refused++;
            if (understood) {
                invented.add(sql);
            }
        }
    }

    /** Whether the server does not get as far as seeing what is wrong, because it does not know the tables. */
    private static boolean isUneven(Analysis analysis) {
        return analysis instanceof Analysis.Opaque opaque
                && opaque.reason().equals("combined queries with different numbers of columns");
    }

    /** How many of a hundred that the server takes are not understood. */
    double missed() {
        return 100.0 * missed.size() / taken;
    }

    /** How many of a hundred that the server refuses are understood all the same. */
    double invented() {
        return 100.0 * invented.size() / refused;
    }

    /** The counts in a line. */
    String counts() {
        return String.format(
                Locale.ROOT,
                "of %d taken, %.2f %% not understood; of %d refused, %.2f %% understood",
                taken,
                missed(),
                refused,
                invented());
    }

    @Override
    public String toString() {
        return counts() + "\n" + some("taken, not understood", missed) + some("refused, understood", invented);
    }

    private static String some(String title, List<String> texts) {
        StringBuilder some = new StringBuilder();
        for (int i = 0; i < Math.min(SHOWN, texts.size()); i++) {
            some.append("  ").append(title).append(": ").append(texts.get(i)).append('\n');
        }
        return some.toString();
    }
}
