package dev.daypass.cli.terminal;

import java.util.Optional;

/** Asks the person at the terminal for a secret, which is not shown as it is typed. */
@FunctionalInterface
public interface SecretPrompt {
  /** What was typed, maybe nothing; empty if the person ended the input instead. */
  Optional<char[]> ask(String question);
}
