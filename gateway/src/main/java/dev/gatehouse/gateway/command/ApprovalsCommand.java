package dev.gatehouse.gateway.command;

import picocli.CommandLine.Command;

/** {@code gatehouse approvals}: the group of commands at the desk. */
@Command(
        name = "approvals",
        description = "Statements that wait for people, and the decisions about them.",
        synopsisSubcommandLabel = "COMMAND")
final class ApprovalsCommand {}
