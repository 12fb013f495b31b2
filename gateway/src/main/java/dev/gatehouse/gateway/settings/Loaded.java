package dev.gatehouse.gateway.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of reading a server file and its policy.
 *
 * @param configuration what was read; empty when there is an error
 * @param problems everything wrong with the files, warnings among them
 * @param files one summary for each file, in the order of {@code gatehouse check}
 */
public record Loaded(Optional<Configuration> configuration, List<Problem> problems, List<Summary> files) {

    public Loaded {
        problems = List.copyOf(problems);
        files = List.copyOf(files);
    }

    /**
     * A file in a few words.
     *
     * @param name the file as people know it
     * @param content what is in it, in words
     * @param version the policy's version; empty for the server file
     */
    public record Summary(String name, String content, String version) {}

    /**
     * Reads the server file and the policy it names.
     *
     * @param file the server file
     * @param strict whether warnings that have a strict form are errors
     * @param environment what {@code ${env:…}} and {@code ${cred:…}} look at; {@code System.getenv()}
     */
    public static Loaded load(Path file, boolean strict, Map<String, String> environment) {
        return new Loader(strict, environment).load(file.toAbsolutePath().normalize());
    }

    /** The same with what was found out about it otherwise; a policy file may go by its name without its folder. */
    public Loaded with(List<Problem> more) {
        List<Problem> all = new ArrayList<>(problems);
        for (Problem problem : more) {
            String shown = files.stream()
                    .map(Summary::name)
                    .filter(name -> name.substring(name.lastIndexOf('/') + 1).equals(problem.file()))
                    .findFirst()
                    .orElse(problem.file());
            all.add(new Problem(problem.code(), shown, problem.line(), 0, 0, problem.message(), ""));
        }
        boolean good = all.stream().noneMatch(Problem::isError);
        return new Loaded(good ? configuration : Optional.empty(), all, files);
    }

    public boolean hasErrors() {
        return problems.stream().anyMatch(Problem::isError);
    }

    /** What {@code gatehouse check} prints: a line for each file, its problems below it. */
    public String report() {
        return Report.of(this);
    }
}
