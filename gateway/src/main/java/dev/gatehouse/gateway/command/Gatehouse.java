package dev.gatehouse.gateway.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code gatehouse}: the whole command line, put together. */
@Command(
        name = "gatehouse",
        description = "A database firewall that stands in the data path of PostgreSQL and MySQL.",
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Start with `gatehouse demo`. Exit status: 0 done, 1 failed, 2 usage, 3 configuration invalid, 4 refused,"
                    + " 5 pending, 6 not found, 7 not permitted, 8 unreachable, 9 journal broken."
        })
public final class Gatehouse {

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Say more; twice to see where an error comes from.")
    private boolean[] verbose = {};

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Gatehouse() {}

    @Option(names = "--no-color", scope = ScopeType.INHERIT, description = "No colours, as with $NO_COLOR.")
    void noColor(boolean isGiven) {
        if (isGiven) {
            spec.commandLine().setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        }
    }

    /**
     * The command line, ready to execute.
     *
     * @param parts what the commands need of the product
     * @param environment the environment's variables
     * @param others commands that have a package of their own
     */
    public static CommandLine line(
            Parts parts, Places places, Map<String, String> environment, List<Callable<Integer>> others) {
        Gatehouse top = new Gatehouse();
        CommandLine line = new CommandLine(top).addSubcommand(new Serve(parts, places));
        others.forEach(line::addSubcommand);
        line.addSubcommand(new Check(parts, places))
                .addSubcommand(new CommandLine(new ApprovalsCommand())
                        .addSubcommand(new ApprovalsList(places))
                        .addSubcommand(new ApprovalsWatch(places))
                        .addSubcommand(new ApprovalsShow(places))
                        .addSubcommand(new ApprovalsApprove(places))
                        .addSubcommand(new ApprovalsReject(places))
                        .addSubcommand(new ApprovalsWithdraw(places))
                        .addSubcommand(new ApprovalsReceipt(places)))
                .addSubcommand(new CommandLine(new JournalCommand())
                        .addSubcommand(new JournalList(parts, places))
                        .addSubcommand(new JournalShow(parts, places))
                        .addSubcommand(new JournalReplay(parts, places))
                        .addSubcommand(new JournalExport(parts, places))
                        .addSubcommand(new JournalVerify(parts, places))
                        .addSubcommand(
                                new CommandLine(new JournalReceiptCommand()).addSubcommand(new JournalReceiptVerify())))
                .addSubcommand(new CommandLine(new PolicyCommand()).addSubcommand(new PolicyExplain(parts, places)))
                .addSubcommand(new CommandLine(new UserCommand()).addSubcommand(new HashPassword()))
                .addSubcommand("bench", elsewhere("Measure the gateway against a bytes-only relay."))
                .addSubcommand("test", elsewhere("Build everything and run every test."))
                .addSubcommand(new Version());
        helpful(line);
        line.registerConverter(Duration.class, Amount::duration);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(false);
        line.setColorScheme(
                CommandLine.Help.defaultColorScheme(environment.containsKey("NO_COLOR") ? Ansi.OFF : Ansi.AUTO));
        line.setParameterExceptionHandler(Gatehouse::misused);
        line.setExecutionExceptionHandler((failure, at, result) -> failed(failure, at, top.verbose.length > 1));
        return line;
    }

    private static void helpful(CommandLine line) {
        line.getCommandSpec().mixinStandardHelpOptions(true);
        line.getSubcommands().values().forEach(Gatehouse::helpful);
    }

    private static CommandLine elsewhere(String description) {
        CommandLine line = new CommandLine(new Elsewhere());
        line.getCommandSpec().usageMessage().description(description);
        return line;
    }

    private static int misused(ParameterException misuse, String[] arguments) {
        CommandLine at = misuse.getCommandLine();
        String command = at.getCommandSpec().qualifiedName();
        Failure failure = new Failure(
                ExitCode.USAGE,
                "usage",
                String.valueOf(misuse.getMessage()),
                meant(misuse) + "see `" + command + " --help`");
        return report(failure, at.getErr(), Arrays.toString(arguments).contains("json"));
    }

    private static String meant(ParameterException misuse) {
        List<String> suggestions =
                misuse instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        return suggestions.isEmpty() ? "" : "did you mean " + String.join(" or ", suggestions) + "? ";
    }

    private static int failed(Exception exception, CommandLine at, boolean wantsTrace) {
        if (wantsTrace) {
            exception.printStackTrace(at.getErr());
        }
        Failure failure = exception instanceof Failure known
                ? known
                : new Failure(
                        ExitCode.FAILED,
                        "failed",
                        exception.getClass().getSimpleName() + ": " + exception.getMessage(),
                        "-vv shows where it comes from");
        CommandLine.Model.OptionSpec output = at.getCommandSpec().findOption("-o");
        Object format = output == null ? "" : output.getValue();
        return report(
                failure,
                at.getErr(),
                String.valueOf(format).toLowerCase(Locale.ROOT).startsWith("json"));
    }

    private static int report(Failure failure, PrintWriter err, boolean asJson) {
        if (asJson) {
            ObjectNode document = JsonNodeFactory.instance.objectNode();
            document.putObject("error")
                    .put("code", failure.code())
                    .put("message", failure.text())
                    .put("hint", failure.hint())
                    .put("id", failure.id());
            err.println(document);
        } else {
            err.println("gatehouse: " + Visible.block(failure.text()));
            if (!failure.hint().isEmpty()) {
                err.println("  hint: " + Visible.block(failure.hint()));
            }
        }
        err.flush();
        return failure.exit().status();
    }
}
