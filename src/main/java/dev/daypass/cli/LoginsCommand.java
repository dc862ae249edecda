package dev.daypass.cli;

import picocli.CommandLine.Command;

/** {@code daypassd logins}. */
@Command(name = "logins", description = "Look at open logins, or end them.")
final class LoginsCommand {}
