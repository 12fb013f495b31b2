package dev.gatehouse.gateway.analyze;

import dev.gatehouse.analyzer.StatementAccount;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.firewall.statement.Dialect;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.gateway.command.ExitCode;
import dev.gatehouse.gateway.command.Failure;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gatehouse analyze}: what statements do, by their text. */
@Command(
        name = "analyze",
        description = {
            "Tell what statements do: tables, columns, functions, and where result columns come from.",
            "",
            "Reads lines of JSON, each an object with \"sql\" and, where it is not --dialect's, \"dialect\"; other keys are"
                    + " ignored. Writes one line of JSON for each, in the same order, as docs/analysis.md describes.",
            "",
            "In a terminal it prints for people; with - it does not."
        })
public final class Analyze implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(Analyze.class);
    private static final String STANDARD_INPUT = "-";

    private final InputStream in;
    private final OutputStream out;
    private final boolean terminal;

    @Option(
            names = "--dialect",
            paramLabel = "DIALECT",
            defaultValue = "postgresql",
            description = "postgresql or mysql, for lines that do not say (default: ${DEFAULT-VALUE}).")
    private Dialect dialect = Dialect.POSTGRESQL;

    @Option(
            names = "--catalog",
            paramLabel = "DSN|FILE",
            description =
                    "The database whose tables are meant: postgresql://user:password@host:port/database, mysql://…,"
                            + " or a file of docs/catalog-file.md.")
    private Optional<String> catalog = Optional.empty();

    @Option(
            names = "--lineage",
            description = "Tell where result columns come from also without a catalog, as far as the text alone shows.")
    private boolean lineage;

    @Mixin
    private final Settings settings = new Settings();

    @Parameters(arity = "0..1", paramLabel = "FILE|-", description = "The lines; - or nothing for stdin.")
    private Optional<String> file = Optional.empty();

    /**
     * @param in lent
     * @param out lent; written without a buffer of its own
     * @param terminal whether a person reads what is written
     */
    public Analyze(InputStream in, OutputStream out, boolean terminal) {
        this.in = in;
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        Known known = settings.place(catalog.map(CatalogPlace::read).orElse(Known.NOTHING));
        Map<Dialect, Modes> modes = new EnumMap<>(Dialect.class);
        for (Dialect each : Dialect.values()) {
            modes.put(each, settings.modes(each, known));
        }
        boolean traced = lineage || catalog.isPresent();
        boolean forPeople = terminal && !file.equals(Optional.of(STANDARD_INPUT));
        Function<Answer, byte[]> page = forPeople ? Page::text : Answer::json;
        try (InputStream input = open()) {
            return convey(input, line -> page.apply(answer(line, known, modes, traced)));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private InputStream open() throws IOException {
        if (file.isEmpty() || file.get().equals(STANDARD_INPUT)) {
            return in;
        }
        try {
            return Files.newInputStream(Path.of(file.get()));
        } catch (NoSuchFileException e) {
            throw new Failure(ExitCode.NOT_FOUND, "not_found", "there is no file " + file.get(), "- reads stdin");
        }
    }

    private int convey(InputStream input, UnaryOperator<byte[]> work) throws IOException, InterruptedException {
        Conveyor conveyor = new Conveyor(new Lines(input), work, new BufferedOutputStream(out, 1 << 16));
        @Nullable IOException broken;
        try {
            broken = conveyor.run();
        } catch (IOException e) {
            LOG.debug("nobody reads the answers any more", e);
            return ExitCode.FAILED.status();
        }
        if (broken != null) {
            throw broken;
        }
        return ExitCode.DONE.status();
    }

    private Failure unreadable(IOException e) {
        return new Failure(ExitCode.FAILED, "input", file.orElse("stdin") + " cannot be read: " + e.getMessage(), "")
                .because(e);
    }

    /** Never throws: whatever a line does to the analyzer, it is answered. */
    private Answer answer(byte[] line, Known known, Map<Dialect, Modes> modes, boolean traced) {
        try {
            Question question = Question.read(line);
            Modes read = Objects.requireNonNull(modes.get(question.dialect().orElse(dialect)));
            List<StatementAccount> accounts = known.read(question.sql(), read);
            if (accounts.isEmpty()) {
                return Answer.error("the text holds no statement");
            }
            return Answer.of(accounts.stream()
                    .map(account -> Account.of(account, traced))
                    .toList());
        } catch (Question.Unanswerable e) {
            return Answer.error(e.reason());
        } catch (Unreadable e) {
            return Answer.error(e.reason() + (e.position() > 0 ? ", at character " + e.position() : ""));
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            LOG.error("a line broke the analyzer", e);
            return Answer.of(
                    List.of(Account.of(StatementAccount.opaque("a form of SQL that is not known here", 0), traced)));
        }
    }
}
