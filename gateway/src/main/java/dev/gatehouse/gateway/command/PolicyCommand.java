package dev.gatehouse.gateway.command;

import picocli.CommandLine.Command;

/** {@code gatehouse policy}: the group of commands that ask the policy. */
@Command(name = "policy", description = "What the policy says.", synopsisSubcommandLabel = "COMMAND")
final class PolicyCommand {}
