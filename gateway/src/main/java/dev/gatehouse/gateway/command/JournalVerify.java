package dev.gatehouse.gateway.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.journal.Verification;
import dev.gatehouse.journal.seal.Hash;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gatehouse journal verify}: whether anybody has changed the journal. */
@Command(
        name = "verify",
        description =
                "Check that nothing in the journal was changed, taken away, moved or put in: the chain of hashes,"
                        + " the signed checkpoints, and those kept elsewhere. Ends with 9 and names the place when something was.")
final class JournalVerify implements Callable<Integer> {

    private static final int SHOWN_DIGITS = 16;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final JournalOptions journal;

    @Mixin
    private final Output output = new Output();

    @Option(
            names = "--key",
            paramLabel = "HEX",
            description = "The public key that checkpoints must be signed with, as an earlier verification told it."
                    + " Without it, a journal that was written anew with another key is not told apart.")
    private Optional<String> key = Optional.empty();

    @Option(
            names = "--checkpoints",
            paramLabel = "FILE",
            description = "A copy of checkpoints.jsonl that was kept elsewhere; may be given several times."
                    + " Without one, an end that was cut off with all that stood beside it does not show.")
    private List<Path> checkpoints = List.of();

    private boolean good;

    JournalVerify(Parts parts, Places places) {
        this.journal = new JournalOptions(parts, places);
    }

    @Override
    public Integer call() {
        Optional<Hash> trusted = key.map(JournalVerify::publicKey);
        journal.read(reading -> print(reading.verify(trusted, checkpoints)));
        return (good ? ExitCode.DONE : ExitCode.JOURNAL).status();
    }

    private static Hash publicKey(String text) {
        String hex = text.startsWith("ed25519:") ? text.substring("ed25519:".length()) : text;
        if (!hex.matches("[0-9a-fA-F]{64}")) {
            throw new Failure(ExitCode.USAGE, "usage", "not a public key: " + text, "it has 64 hexadecimal digits");
        }
        return new Hash(hex.toLowerCase(Locale.ROOT));
    }

    private void print(Verification verification) {
        good = verification.isGood();
        PrintWriter out = spec.commandLine().getOut();
        if (!output.isForPeople()) {
            output.print(out, document(verification));
            return;
        }
        for (Verification.Finding finding : verification.findings()) {
            out.println("fault  " + Visible.line(finding.what()) + "  (" + Visible.line(finding.where()) + ")");
        }
        out.printf(
                Locale.ROOT,
                "%s  %,d segments, %,d records, %s; %,d records since%n",
                good ? "ok" : "broken",
                verification.segments(),
                verification.records(),
                verification
                        .last()
                        .map(last -> "last checkpoint " + last.at() + " signed by ed25519:" + shown(last.key()))
                        .orElse("no checkpoint yet"),
                verification.unsealed());
    }

    /** In full when it is not known which key to expect, so that it can be kept for the next time. */
    private String shown(Hash signer) {
        return key.isPresent() ? signer.hex().substring(0, SHOWN_DIGITS) + "…" : signer.hex();
    }

    private static ObjectNode document(Verification verification) {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "gatehouse/v1")
                .put("kind", "JournalVerification")
                .put("good", verification.isGood())
                .put("segments", verification.segments())
                .put("documents", verification.documents())
                .put("records", verification.records())
                .put("unsealed", verification.unsealed());
        verification.last().ifPresent(last -> document.putObject("checkpoint")
                .put("at", last.at().toString())
                .put("records", last.records())
                .put("key", last.key().hex()));
        ArrayNode findings = document.putArray("findings");
        verification.findings().forEach(finding -> findings.addObject()
                .put("what", finding.what())
                .put("where", finding.where()));
        return document;
    }
}
