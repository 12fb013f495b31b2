package dev.gatehouse.gateway.command;

import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.gateway.export.CaptureExport;
import dev.gatehouse.gateway.export.EventLines;
import dev.gatehouse.gateway.export.Export;
import dev.gatehouse.gateway.export.StatementLines;
import dev.gatehouse.journal.Selection;
import dev.gatehouse.journal.SessionSummary;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gatehouse journal export}: sessions in the format of another program. */
@Command(
        name = "export",
        description = "Write sessions in the format of another program.",
        footer = {
            "",
            "jsonl    every record of the journal, a line of JSON each; --frames adds the bytes",
            "csv      a line for each statement and what became of it",
            "ocsf     a Datastore Activity of the Open Cybersecurity Schema Framework for each statement",
            "pgaudit  the lines that pgaudit writes into PostgreSQL's log",
            "pcapng   the bytes as captured packets for Wireshark, with verdicts as their comments"
        })
final class JournalExport implements Callable<Integer> {

    /** The formats. */
    enum Format {
        JSONL,
        CSV,
        OCSF,
        PGAUDIT,
        PCAPNG;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final JournalOptions journal;

    @Mixin
    private final SessionChoice choice = new SessionChoice();

    @Option(
            names = "--format",
            required = true,
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}.")
    private Format format = Format.JSONL;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Where to write it, readable for you alone. Default: to the standard output.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--frames", description = "With jsonl: the bytes of clients and servers too, in base 64.")
    private boolean frames;

    JournalExport(Parts parts, Places places) {
        this.journal = new JournalOptions(parts, places);
    }

    @Override
    public Integer call() {
        if (format == Format.PCAPNG && file.isEmpty()) {
            throw new Failure(ExitCode.USAGE, "usage", "pcapng is not text", "name a file: -f sessions.pcapng");
        }
        if (frames && format != Format.JSONL) {
            throw new Failure(ExitCode.USAGE, "usage", "--frames goes with --format jsonl", "pcapng has them anyway");
        }
        journal.read(reading -> {
            Map<Long, SessionSummary> sessions = choice.find(reading);
            try {
                if (file.isPresent()) {
                    toFile(reading, sessions, file.get());
                } else {
                    PrintWriter out = spec.commandLine().getOut();
                    write(reading, sessions, lines(out));
                    out.flush();
                }
            } catch (IOException e) {
                throw new Failure(ExitCode.FAILED, "not_written", "cannot write the export: " + e, "").because(e);
            }
        });
        return ExitCode.DONE.status();
    }

    /** A file is there whole or not at all. */
    private void toFile(Parts.Reading reading, Map<Long, SessionSummary> sessions, Path to) throws IOException {
        Path folder = Optional.ofNullable(to.toAbsolutePath().getParent()).orElse(to.toAbsolutePath());
        Path begun = Files.createTempFile(
                folder,
                ".gatehouse-export-",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            long records;
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(begun));
                    Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
                records = write(
                        reading, sessions, format == Format.PCAPNG ? new CaptureExport(out, sessions) : lines(text));
            }
            Files.move(begun, to, StandardCopyOption.REPLACE_EXISTING);
            spec.commandLine()
                    .getErr()
                    .printf(Locale.ROOT, "%,d records of %,d sessions → %s%n", records, sessions.size(), to);
        } finally {
            Files.deleteIfExists(begun);
        }
    }

    private Export lines(Appendable text) {
        return switch (format) {
            case CSV -> StatementLines.csv(text);
            case OCSF -> StatementLines.ocsf(text);
            case PGAUDIT -> StatementLines.pgaudit(text);
            case JSONL, PCAPNG -> new EventLines(text, frames);
        };
    }

    private long write(Parts.Reading reading, Map<Long, SessionSummary> sessions, Export export) throws IOException {
        long records = 0;
        for (Iterator<Event.Entry> entries = reading.entries(selection(sessions)); entries.hasNext(); ) {
            Event.Entry entry = entries.next();
            if (sessions.containsKey(entry.event().session())) {
                export.add(entry);
                records++;
            }
        }
        export.finish();
        return records;
    }

    private Selection selection(Map<Long, SessionSummary> sessions) {
        boolean withBytes = frames || format == Format.PCAPNG;
        Selection all = withBytes ? Selection.ALL : Selection.WITHOUT_FRAMES;
        return sessions.size() == 1 ? all.of(sessions.keySet().iterator().next()) : all;
    }
}
