package dev.daypass.cli;

import picocli.CommandLine.Command;

/** {@code daypassd ledger}. */
@Command(name = "ledger", description = "Read and verify the ledger in the state folder.")
final class LedgerCommand {}
