package dev.daypass.cli.ledger;

import picocli.CommandLine.Command;

/** {@code daypassd ledger}. */
@Command(name = "ledger", description = "Read and verify the ledger in the state folder.")
public final class LedgerCommand {}
