package dev.gatehouse.bench.corpora;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench corpora}: how much of real statements is understood. */
@Command(
        name = "corpora",
        description = {
            "Runs the analyzer over files of statements and prints how many it understands, and why not the others.",
            "",
            "Each line of a file is a JSON object with \"sql\", \"dialect\", \"valid\" (whether a server takes it) and"
                    + " \"kind\" (SELECT, DML, DDL, UTILITY)."
        })
public final class CorporaMain implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "PLACE", description = "Files of lines, or folders of *.jsonl.")
    private List<Path> places = List.of();

    @Option(
            names = "--analyzer",
            paramLabel = "COMMAND",
            defaultValue = "./gatehouse analyze -",
            description = "What is measured (default: ${DEFAULT-VALUE}); a shell runs it over the lines on stdin.")
    private String analyzer = "./gatehouse analyze -";

    @Option(names = "--oracle", description = "Compare PostgreSQL's tables and kinds with its own grammar, in node.")
    private boolean oracle;

    @Option(
            names = "--reasons",
            paramLabel = "N",
            defaultValue = "15",
            description = "How many reasons to print (default: ${DEFAULT-VALUE}).")
    private int reasons = 15;

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many statements to print with each, up to 40 (default: ${DEFAULT-VALUE}).")
    private int samples = 1;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Optional<Oracle> judge = oracle ? Oracle.install(spec.commandLine().getErr()) : Optional.empty();
        for (Path file : files()) {
            measure(file, judge);
        }
        return 0;
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path place : places) {
            if (Files.isDirectory(place)) {
                try (Stream<Path> inside = Files.list(place)) {
                    inside.filter(f -> f.toString().endsWith(".jsonl")).sorted().forEach(files::add);
                }
            } else {
                files.add(place);
            }
        }
        return files;
    }

    private void measure(Path file, Optional<Oracle> judge) throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        List<JsonNode> lines = new ArrayList<>();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(JSON.readTree(line));
            }
        }
        long begun = System.nanoTime();
        List<JsonNode> answers = Filter.run(List.of("sh", "-c", analyzer), file);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        if (answers.size() != lines.size()) {
            throw new IOException(answers.size() + " answers to " + lines.size() + " lines of " + file);
        }
        List<JsonNode> verdicts = new ArrayList<>();
        if (judge.isPresent() && lines.get(0).path("dialect").asText().equals("postgresql")) {
            verdicts = judge.get().judge(file);
        }
        Map<String, Tally> tallies = new TreeMap<>();
        for (int i = 0; i < lines.size(); i++) {
            Sample sample = Sample.of(lines.get(i));
            Optional<Verdict> verdict = verdicts.isEmpty() || verdicts.get(i).isNull()
                    ? Optional.empty()
                    : Optional.of(Verdict.of(verdicts.get(i)));
            tallies.computeIfAbsent(sample.kind(), kind -> new Tally()).add(sample, Reply.of(answers.get(i)), verdict);
        }
        out.printf(
                "%n%s: %,d statements in %.1f s, %,.0f a second with the start of the process%n",
                file.getFileName(), lines.size(), took.toMillis() / 1000.0, lines.size() * 1000.0 / took.toMillis());
        new Report(out, reasons, samples).print(tallies);
        out.flush();
    }
}
