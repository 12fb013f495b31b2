package dev.gatehouse.gateway.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.gateway.receipt.Receipt;
import dev.gatehouse.gateway.receipt.Receipt.NotAReceipt;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse journal receipt verify}: whether a receipt is a gateway's own, and what it says. */
@Command(
        name = "verify",
        description = "Check a receipt against the gateway's public key, without a gateway, and show what it says."
                + " Ends with 9 when it was not signed with that key, or was changed since.")
final class JournalReceiptVerify implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The receipt.")
    private Path file = Path.of("");

    @Option(
            names = "--key",
            required = true,
            paramLabel = "HEX",
            description = "The public key, as `gatehouse journal verify` tells it. A key that came with the receipt"
                    + " proves nothing.")
    private String key = "";

    @Override
    public Integer call() {
        byte[] trusted = publicKey(key);
        Receipt receipt;
        JsonNode content;
        try {
            receipt = Receipt.read(Files.readString(file));
            if (!receipt.isSignedBy(trusted)) {
                throw new Failure(ExitCode.JOURNAL, "receipt", fault(receipt, trusted), "do not rely on it");
            }
            content = receipt.content();
        } catch (NotAReceipt e) {
            throw new Failure(ExitCode.JOURNAL, "receipt", file + " is not a receipt: " + e.getMessage(), "")
                    .because(e);
        } catch (IOException e) {
            throw new Failure(ExitCode.NOT_FOUND, "receipt", "cannot read " + file + " as text", "").because(e);
        }
        print(content, spec.commandLine().getOut());
        return ExitCode.DONE.status();
    }

    private static String fault(Receipt receipt, byte[] trusted) {
        return Arrays.equals(receipt.key(), trusted)
                ? "the receipt was changed after it was signed, or never was signed"
                : "the receipt says it was signed with another key, ed25519:"
                        + HexFormat.of().formatHex(receipt.key());
    }

    private static byte[] publicKey(String text) {
        String hex = text.startsWith("ed25519:") ? text.substring("ed25519:".length()) : text;
        if (!hex.matches("[0-9a-fA-F]{64}")) {
            throw new Failure(ExitCode.USAGE, "usage", "not a public key: " + text, "it has 64 hexadecimal digits");
        }
        return HexFormat.of().parseHex(hex.toLowerCase(Locale.ROOT));
    }

    private static void print(JsonNode content, PrintWriter out) {
        JsonNode requester = content.path("requester");
        JsonNode target = content.path("target");
        JsonNode journal = content.path("journal");
        out.println("ok  " + text(content, "id") + "  code " + text(content, "code") + "  " + text(content, "digest"));
        out.println();
        out.println(Visible.block(content.path("statement").path("sql").asText()));
        out.println();
        int number = 1;
        for (JsonNode value : content.path("statement").path("parameters")) {
            out.println("$" + number++ + " = " + (value.isNull() ? "NULL" : "'" + Visible.line(value.asText()) + "'"));
        }
        out.println("requester   " + text(requester, "name") + "  " + text(requester, "kind"));
        out.println("to          " + text(target, "upstream") + "/" + text(target, "database") + "  login "
                + text(target, "login"));
        for (JsonNode vote : content.path("approvals")) {
            out.println("approved    " + text(vote, "at") + "  " + text(vote, "by") + " (" + text(vote, "via") + ")  \""
                    + text(vote, "comment") + '"');
        }
        out.println("policy      " + text(content, "policy") + "  rule " + text(content.path("rule"), "id"));
        out.println("journal     record " + text(journal, "record") + " of " + text(journal, "gateway") + "  "
                + text(journal, "at"));
    }

    private static String text(JsonNode from, String field) {
        return Visible.line(from.path(field).asText());
    }
}
