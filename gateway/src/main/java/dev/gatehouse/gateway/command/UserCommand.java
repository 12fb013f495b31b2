package dev.gatehouse.gateway.command;

import picocli.CommandLine.Command;

/** {@code gatehouse user}: the group of commands about local users. */
@Command(name = "user", description = "Local users.", synopsisSubcommandLabel = "COMMAND")
final class UserCommand {}
