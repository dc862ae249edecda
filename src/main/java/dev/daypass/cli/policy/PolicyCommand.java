package dev.daypass.cli.policy;

import picocli.CommandLine.Command;

/** {@code daypassd policy}. */
@Command(name = "policy", description = "Try a policy before it is in force.")
public final class PolicyCommand {}
