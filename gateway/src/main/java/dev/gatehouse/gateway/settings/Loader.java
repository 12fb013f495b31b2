package dev.gatehouse.gateway.settings;

import dev.gatehouse.firewall.policy.RuleBook;
import dev.gatehouse.firewall.policy.RulePolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads a server file, then the policy files it names, and puts both together. */
final class Loader {

    private static final int VERSION_DIGITS = 8;

    private final Problems problems;
    private final Map<String, String> environment;
    private final List<Loaded.Summary> summaries = new ArrayList<>();

    Loader(boolean strict, Map<String, String> environment) {
        this.problems = new Problems(strict);
        this.environment = environment;
    }

    Loaded load(Path file) {
        Path folder = file.resolveSibling("").toAbsolutePath().normalize();
        String name = file.getFileName().toString();
        Optional<Section> root = SourceText.read(file, name, problems)
                .flatMap(text -> new Document(text, problems, Optional.of(new Variables(environment, folder))).root());
        if (root.isEmpty()) {
            summaries.add(new Loaded.Summary(name, "", ""));
            return done(Optional.empty());
        }
        ServerFile reader = new ServerFile(folder);
        Settings settings = reader.read(root.get());
        summaries.add(new Loaded.Summary(
                name,
                Report.several(settings.upstreams().size(), "upstream") + ", "
                        + (settings.identity().providers().isEmpty()
                                ? ""
                                : Report.several(settings.identity().providers().size(), "identity provider") + ", ")
                        + Report.several(settings.identity().localUsers().size(), "local user"),
                ""));
        Set<String> keyNames = new LinkedHashSet<>();
        root.get().named("keys").forEach(entry -> keyNames.add(entry.name()));
        Optional<RuleBook> book = policy(settings, keyNames, folder, reader.isFederated());
        return done(book.map(b -> new Configuration(settings, new RulePolicy(b))));
    }

    private Loaded done(Optional<Configuration> configuration) {
        List<Problem> all = problems.sorted();
        boolean good = all.stream().noneMatch(Problem::isError);
        return new Loaded(good ? configuration : Optional.empty(), all, summaries);
    }

    private Optional<RuleBook> policy(Settings settings, Set<String> keyNames, Path folder, boolean federated) {
        Path dir = settings.policy().dir();
        List<SourceText> texts = new ArrayList<>();
        for (Path path : policyFiles(dir, shown(folder, dir))) {
            SourceText.read(path, shown(folder, path), problems).ifPresent(texts::add);
        }
        if (texts.isEmpty()) {
            return Optional.empty();
        }
        String version = version(texts);
        List<PolicyFiles.File> files = new ArrayList<>();
        for (SourceText text : texts) {
            Optional<Section> root = new Document(text, problems, Optional.empty()).root();
            root.ifPresent(r ->
                    files.add(new PolicyFiles.File(text.path().getFileName().toString(), r)));
            String content = root.map(r -> Report.several(count(r, "rules"), "rule") + ", "
                            + Report.several(count(r, "masks"), "mask"))
                    .orElse("");
            summaries.add(new Loaded.Summary(text.name(), content, version));
        }
        RuleBook book = new PolicyFiles(settings, keyNames).read(files, version);
        new Lints(book, settings, federated).check(files);
        return Optional.of(book);
    }

    private static int count(Section root, String key) {
        return root.optional(key).map(list -> list.peek("id").size()).orElse(0);
    }

    /** The policy files in the order of their names. Each is read once: what is hashed is what is parsed. */
    private List<Path> policyFiles(Path dir, String shown) {
        try (Stream<Path> listed = Files.list(dir)) {
            List<Path> visible = listed.filter(p -> !p.getFileName().toString().startsWith("."))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
            visible.stream()
                    .filter(p -> p.toString().endsWith(".yml"))
                    .forEach(p -> report(
                            Code.IGNORED_FILE,
                            shown + "/" + p.getFileName(),
                            "the file is not read: its name must end in .yaml"));
            List<Path> files =
                    visible.stream().filter(p -> p.toString().endsWith(".yaml")).toList();
            if (files.isEmpty()) {
                report(
                        Code.NO_POLICY,
                        shown,
                        "there is no *.yaml in " + dir + ", and without a policy nothing may run");
            }
            return files;
        } catch (IOException e) {
            report(Code.NO_POLICY, shown, "the policy folder cannot be read: " + e);
            return List.of();
        }
    }

    private void report(Code code, String file, String message) {
        problems.add(new Problem(code, file, 0, 0, 0, message, ""));
    }

    private static String shown(Path folder, Path path) {
        Path normal = path.toAbsolutePath().normalize();
        return normal.startsWith(folder) ? folder.relativize(normal).toString() : normal.toString();
    }

    private static String version(List<SourceText> texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            texts.forEach(text -> digest.update(text.text().getBytes(StandardCharsets.UTF_8)));
            return "pol_" + HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
