package dev.daypass.cli;

import picocli.CommandLine.Command;

/** {@code daypassd idp}. */
@Command(name = "idp", description = "Look at identity providers.")
final class IdpCommand {}
