package dev.gatehouse.gateway.command;

import picocli.CommandLine.Command;

/** {@code gatehouse journal receipt}: the group of commands about receipts of approvals. */
@Command(
        name = "receipt",
        description = "Receipts of approvals, as `gatehouse approvals receipt` writes them.",
        synopsisSubcommandLabel = "COMMAND")
final class JournalReceiptCommand {}
