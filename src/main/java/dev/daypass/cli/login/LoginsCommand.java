package dev.daypass.cli.login;

import picocli.CommandLine.Command;

/** {@code daypassd logins}. */
@Command(name = "logins", description = "Look at open logins, or end them.")
public final class LoginsCommand {}
