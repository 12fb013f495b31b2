package dev.gatehouse.analyzer;

import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Output;
import dev.gatehouse.firewall.statement.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Compares the origins that a server names for a result's columns with those the analyzer finds, and counts. */
final class Oracle {

    /** How the two compare for one query. */
    enum Verdict {
        /** Every column that the server names is named by the lineage, and everything is accounted for. */
        EXACT,
        /** A column is marked as one of which not all is known. */
        UNSURE,
        /** Not understood. */
        OPAQUE,
        /** The number of columns is not the server's. */
        MISCOUNTED,
        /** The server names a column that the lineage does not. */
        MISSED
    }

    private static final int SHOWN = 60;

    private final CalciteAnalyzer analyzer;
    private final Scope scope;
    private final Map<Verdict, List<String>> queries = new EnumMap<>(Verdict.class);

    Oracle(CalciteAnalyzer analyzer, Scope scope) {
        this.analyzer = analyzer;
        this.scope = scope;
    }

    /** Queries of a file beside the tests, one to a line; comments are left out. */
    static List<String> lines(String name) throws IOException {
        try (InputStream file = Oracle.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("-- "))
                    .toList();
        }
    }

    /** Something that a server may refuse. */
    interface Attempt {
        void run() throws SQLException;
    }

    /** Whether the server took it. */
    static boolean tried(Attempt attempt) {
        try {
            attempt.run();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /**
     * Compares one query.
     *
     * @param named for each column, the origins the server names
     */
    Verdict compare(String query, List<Set<Column>> named) {
        Analysis analysis = analyzer.analyze(query.getBytes(StandardCharsets.UTF_8), scope)
                .toCompletableFuture()
                .join();
        Verdict verdict = analysis.match(understood -> compare(understood.commands(), named), opaque -> Verdict.OPAQUE);
        String shown =
                verdict == Verdict.MISSED ? query + "\n  named " + named + "\n  found " + found(analysis) : query;
        queries.computeIfAbsent(verdict, v -> new ArrayList<>()).add(shown);
        return verdict;
    }

    /** The origins of each column that the lineage tells. */
    private static List<Set<Column>> found(Analysis analysis) {
        List<Set<Column>> found = new ArrayList<>();
        if (analysis instanceof Analysis.Understood understood) {
            understood.commands().forEach(command -> command.output()
                    .ifPresent(outputs -> outputs.forEach(output -> found.add(output.origins()))));
        }
        return found;
    }

    private static Verdict compare(List<Command> commands, List<Set<Column>> named) {
        if (commands.size() != 1) {
            return Verdict.MISCOUNTED;
        }
        if (commands.get(0).output().isEmpty()) {
            return Verdict.UNSURE;
        }
        List<Output> outputs = commands.get(0).output().get();
        if (outputs.size() != named.size()) {
            return Verdict.MISCOUNTED;
        }
        Verdict verdict = Verdict.EXACT;
        for (int i = 0; i < named.size(); i++) {
            Output output = outputs.get(i);
            if (!output.accounted()) {
                verdict = Verdict.UNSURE;
            } else if (!output.origins().containsAll(named.get(i))) {
                return Verdict.MISSED;
            }
        }
        return verdict;
    }

    int count(Verdict verdict) {
        return of(verdict).size();
    }

    /** The queries of one verdict. */
    List<String> of(Verdict verdict) {
        return queries.getOrDefault(verdict, List.of());
    }

    /** The counts, and some queries of each kind but the first. */
    String report() {
        StringBuilder report = new StringBuilder();
        queries.forEach((verdict, of) ->
                report.append(verdict).append(' ').append(of.size()).append('\n'));
        queries.forEach((verdict, of) -> of.stream()
                .filter(query -> verdict != Verdict.EXACT)
                .limit(SHOWN)
                .forEach(query -> report.append(verdict)
                        .append(": ")
                        .append(query.replace('\n', ' '))
                        .append('\n')));
        return report.toString();
    }
}
