package dev.gatehouse.gateway.command;

import picocli.CommandLine.Command;

/** {@code gatehouse journal}: the group of commands that read the journal. */
@Command(
        name = "journal",
        description = "What was asked, decided and answered, read from the journal's files; no gateway need run.",
        synopsisSubcommandLabel = "COMMAND")
final class JournalCommand {}
